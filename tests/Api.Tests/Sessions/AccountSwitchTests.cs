using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A page that shows one account while its browser is signed in to another.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class AccountSwitchTests(SharedNode shared)
{
    [Theory]
    [MemberData(nameof(Calls.NeedingASession), MemberType = typeof(Calls))]
    public async Task Call_for_an_account_that_is_no_longer_signed_in_does_nothing(
        string method,
        string path
    )
    {
        // This call uses the refresh token only, and shows nothing of the account.
        if (path == "/refresh")
            return;
        using BrowserClient browser = shared.Node.NewBrowser();
        string first = await Register(browser);
        string second = await Register(browser);

        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Add("Session-User", first);
        using HttpResponseMessage refused = await browser.Send(request);

        await Problem.Is(refused, HttpStatusCode.Conflict, "another-user");
        Assert.Equal(second, await SignedInUser(browser));
    }

    [Fact]
    public async Task Call_for_the_signed_in_account_is_answered()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        string user = await Register(browser);
        using HttpRequestMessage request = new(HttpMethod.Get, "/sessions");
        request.Headers.Add("Session-User", user);
        using HttpResponseMessage answer = await browser.Send(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Session_check_of_a_page_without_a_session_is_no_error()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        Assert.Null(await SignedInUser(browser));
        string user = await Register(browser);
        Assert.Equal(user, await SignedInUser(browser));

        Dictionary<string, string> kept = new(browser.Cookies);
        using HttpResponseMessage signedOut = await browser.Post("/logout");
        foreach ((string name, string value) in kept)
            browser.Cookies[name] = value;
        Assert.Null(await SignedInUser(browser));
    }

    private static async Task<string> Register(BrowserClient browser)
    {
        using HttpResponseMessage registered = await browser.Register(People.NewEmail());
        JsonElement body = await registered.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("userId").GetString()!;
    }

    private static async Task<string?> SignedInUser(BrowserClient browser)
    {
        using HttpResponseMessage answer = await browser.Get("/session");
        if (answer.StatusCode == HttpStatusCode.NoContent)
            return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("userId").GetString();
    }
}
