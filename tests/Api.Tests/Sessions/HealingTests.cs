using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A good refresh token makes up for an access token that is not.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class HealingTests(SharedNode shared)
{
    public static TheoryData<string, string, HttpStatusCode> CallsWithAnyAnswer =>
        new()
        {
            { "GET", "/test", HttpStatusCode.OK },
            { "GET", "/me", HttpStatusCode.OK },
            { "GET", "/sessions", HttpStatusCode.OK },
            { "GET", "/sessions/events", HttpStatusCode.OK },
            { "DELETE", "/sessions", HttpStatusCode.NoContent },
            { "DELETE", "/sessions/AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound },
            { "DELETE", "/sessions?include=wrong", HttpStatusCode.BadRequest },
        };

    [Theory]
    [MemberData(nameof(CallsWithAnyAnswer))]
    public async Task Any_call_without_a_good_access_token_goes_on_and_brings_both_cookies(
        string method,
        string path,
        HttpStatusCode status
    )
    {
        foreach (string? bad in new[] { null, "", "garbage", "a.b.c.d" })
        {
            using BrowserClient browser = shared.Node.NewBrowser();
            await browser.Register(People.NewAddress());
            string session = await browser.SessionId();
            browser.AccessToken = bad;

            using HttpRequestMessage request = new(new HttpMethod(method), path);
            using HttpResponseMessage response = await browser.Send(
                request,
                completion: HttpCompletionOption.ResponseHeadersRead
            );

            Assert.Equal(status, response.StatusCode);
            Assert.Equal(2, response.Headers.GetValues("Set-Cookie").Count());
            browser.RefreshToken = null;
            Assert.Equal(session, await browser.SessionId());
        }
    }

    [Fact]
    public async Task A_good_access_token_brings_no_cookies()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(People.NewAddress());
        using HttpResponseMessage response = await browser.Get("/test");
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task An_access_token_that_names_another_user_than_its_session_is_as_none()
    {
        (string cookies, string tokens) = (KnownSecrets.NewSecret(), KnownSecrets.NewSecret());
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["COOKIE_SIGNATURE"] = cookies,
                ["JWT_SIGNATURE"] = tokens,
            }
        );
        using BrowserClient mallory = node.NewBrowser();
        using BrowserClient ada = node.NewBrowser();
        await mallory.Register(People.NewAddress());
        await ada.Register(People.NewAddress());
        (var header, var payload) = Forger.Open(mallory.AccessToken!);
        payload["sub"] = (string)Forger.Open(ada.AccessToken!).Payload["sub"]!;

        mallory.RefreshToken = null;
        mallory.AccessToken = new Forger(cookies, tokens).Cookie(
            "accessToken",
            "at+jwt",
            header,
            payload
        );

        Assert.False(await mallory.IsSignedIn());
    }
}
