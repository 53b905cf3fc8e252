using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A call that needs a session is answered with a valid refresh token alone, and gets new tokens with its answer.</summary>
public sealed class RefreshDuringCallTests(OwnNode own) : IClassFixture<OwnNode>
{
    public enum Access
    {
        Missing,
        Bad,
        OfAnotherKind,
        Expired,
    }

    public static TheoryData<Access, string, string, HttpStatusCode> Calls
    {
        get
        {
            TheoryData<Access, string, string, HttpStatusCode> data = [];
            foreach (Access access in Enum.GetValues<Access>())
            {
                data.Add(access, "GET", "/test", HttpStatusCode.OK);
                data.Add(access, "GET", "/me", HttpStatusCode.OK);
                data.Add(access, "GET", "/sessions", HttpStatusCode.OK);
                data.Add(access, "GET", "/sessions/events", HttpStatusCode.OK);
                data.Add(access, "POST", "/refresh", HttpStatusCode.NoContent);
                data.Add(access, "GET", "/me/activity", HttpStatusCode.OK);
                // The authentication is as old as the access token; a refresh does not renew it.
                data.Add(
                    access,
                    "DELETE",
                    "/sessions",
                    access == Access.Expired ? HttpStatusCode.Forbidden : HttpStatusCode.NoContent
                );
                data.Add(access, "DELETE", "/sessions?include=x", HttpStatusCode.BadRequest);
                data.Add(access, "DELETE", "/sessions/unknown", HttpStatusCode.NotFound);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_without_a_valid_access_token_is_answered_by_its_refresh_token(
        Access access,
        string method,
        string path,
        HttpStatusCode expected
    )
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        Alter(browser, access);

        using HttpResponseMessage response = await browser.Send(
            new(new HttpMethod(method), path),
            completion: HttpCompletionOption.ResponseHeadersRead
        );

        Assert.Equal(expected, response.StatusCode);
        SetCookies.BothSet(response);
        Assert.True(await browser.IsSignedIn());
    }

    public static TheoryData<string, string> CallsThatNeedNone =>
        new()
        {
            { "GET", "/" },
            { "GET", "/nowhere" },
            { "GET", "/healthz/live" },
            { "GET", "/openapi/v1.json" },
            { "PUT", "/sessions" },
            { "POST", "/login" },
            { "POST", "/register" },
            { "POST", "/login/second-factor" },
            { "POST", "/password/forgot" },
            { "POST", "/password/reset" },
        };

    [Theory]
    [MemberData(nameof(CallsThatNeedNone))]
    public async Task Call_that_needs_no_session_does_not_rotate_the_refresh_token(
        string method,
        string path
    )
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        browser.AccessToken = null;

        using HttpResponseMessage response = await browser.Send(new(new HttpMethod(method), path));

        SetCookies.None(response);
    }

    [Fact]
    public async Task Refresh_token_that_is_altered_or_of_an_ended_session_opens_nothing()
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        string good = browser.RefreshToken!;
        browser.AccessToken = null;
        browser.RefreshToken = good[..^1] + (good[^1] == 'A' ? 'B' : 'A');
        using HttpResponseMessage altered = await browser.Get("/test");
        browser.RefreshToken = good;
        (await browser.Send(new(HttpMethod.Post, "/logout"), keepCookies: false)).Dispose();

        using HttpResponseMessage ended = await browser.Get("/test");

        await Problem.Is(altered, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(altered);
        await Problem.Is(ended, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(ended);
    }

    [Fact]
    public async Task Valid_refresh_token_works_beside_the_access_token_of_an_ended_session()
    {
        using BrowserClient ended = own.Node.NewBrowser();
        await ended.Register(People.NewEmail());
        string access = ended.AccessToken!;
        await ended.Post("/logout");
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewEmail());
        string session = await browser.SessionId();
        browser.AccessToken = access;

        Assert.Equal(session, await browser.SessionId());
    }

    private void Alter(BrowserClient browser, Access access)
    {
        switch (access)
        {
            case Access.Missing:
                browser.AccessToken = null;
                break;
            case Access.Bad:
                browser.AccessToken = "nonsense";
                break;
            case Access.OfAnotherKind:
                browser.AccessToken = browser.RefreshToken;
                break;
            default:
                own.Node.Clock.Advance(TimeSpan.FromMinutes(15));
                break;
        }
    }
}
