using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A good refresh token heals any call that needs a session, and no other.</summary>
public sealed class HealingTests(OwnNode own) : IClassFixture<OwnNode>
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
                // The proof is as old as the access token, and a refresh makes it no younger.
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
    public async Task A_good_refresh_token_heals_a_call_whatever_its_answer(
        Access access,
        string method,
        string path,
        HttpStatusCode expected
    )
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        Spoil(browser, access);

        using HttpResponseMessage response = await browser.Send(
            new(new HttpMethod(method), path),
            completion: HttpCompletionOption.ResponseHeadersRead
        );

        Assert.Equal(expected, response.StatusCode);
        SetCookies.BothAnew(response);
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
    public async Task A_call_that_needs_no_session_spends_no_refresh_token(
        string method,
        string path
    )
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        browser.AccessToken = null;

        using HttpResponseMessage response = await browser.Send(new(new HttpMethod(method), path));

        SetCookies.None(response);
    }

    [Fact]
    public async Task Neither_an_ended_session_nor_a_spoilt_refresh_token_heals()
    {
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        string good = browser.RefreshToken!;
        browser.AccessToken = null;
        browser.RefreshToken = good[..^1] + (good[^1] == 'A' ? 'B' : 'A');
        using HttpResponseMessage spoilt = await browser.Get("/test");
        browser.RefreshToken = good;
        (await browser.Send(new(HttpMethod.Post, "/logout"), keepCookies: false)).Dispose();

        using HttpResponseMessage ended = await browser.Get("/test");

        await Problem.Is(spoilt, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(spoilt);
        await Problem.Is(ended, HttpStatusCode.Unauthorized, "not-signed-in");
        SetCookies.None(ended);
    }

    [Fact]
    public async Task An_access_token_of_an_ended_session_is_healed_by_a_refresh_token_of_a_live_one()
    {
        using BrowserClient ended = own.Node.NewBrowser();
        await ended.Register(People.NewAddress());
        string access = ended.AccessToken!;
        await ended.Post("/logout");
        using BrowserClient browser = own.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        string session = await browser.SessionId();
        browser.AccessToken = access;

        Assert.Equal(session, await browser.SessionId());
    }

    private void Spoil(BrowserClient browser, Access access)
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
