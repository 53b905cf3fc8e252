using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A page that shows one account while the cookies of its browser are another's.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class ShownUserTests(SharedNode shared)
{
    [Theory]
    [MemberData(nameof(Calls.NeedingASession), MemberType = typeof(Calls))]
    public async Task A_call_for_an_account_that_is_not_signed_in_any_more_does_nothing(
        string method,
        string path
    )
    {
        // It takes no session but a refresh token, and shows nothing of an account.
        if (path == "/refresh")
            return;
        using BrowserClient browser = shared.Node.NewBrowser();
        string first = await Register(browser);
        string second = await Register(browser);

        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Add("Session-User", first);
        using HttpResponseMessage refused = await browser.Send(request);

        await Problem.Is(refused, HttpStatusCode.Conflict, "another-user");
        Assert.Equal(second, await WhoIsSignedIn(browser));
    }

    [Fact]
    public async Task A_call_for_the_account_that_is_signed_in_is_answered()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        string user = await Register(browser);
        using HttpRequestMessage request = new(HttpMethod.Get, "/sessions");
        request.Headers.Add("Session-User", user);
        using HttpResponseMessage answer = await browser.Send(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_that_asks_whether_somebody_is_signed_in_gets_no_error_when_nobody_is()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        Assert.Null(await WhoIsSignedIn(browser));
        string user = await Register(browser);
        Assert.Equal(user, await WhoIsSignedIn(browser));

        Dictionary<string, string> kept = new(browser.Cookies);
        using HttpResponseMessage signedOut = await browser.Post("/logout");
        foreach ((string name, string value) in kept)
            browser.Cookies[name] = value;
        Assert.Null(await WhoIsSignedIn(browser));
    }

    private static async Task<string> Register(BrowserClient browser)
    {
        using HttpResponseMessage registered = await browser.Register(People.NewAddress());
        JsonElement body = await registered.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("userId").GetString()!;
    }

    private static async Task<string?> WhoIsSignedIn(BrowserClient browser)
    {
        using HttpResponseMessage answer = await browser.Get("/session");
        if (answer.StatusCode == HttpStatusCode.NoContent)
            return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("userId").GetString();
    }
}
