using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The session that a browser had ends when it signs in or registers, and uses the new one.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class ReplacedSessionTests(SharedNode shared)
{
    private readonly string _address = People.NewAddress();

    [Theory(DisplayName = "S-14 One cookie is enough to know the session that the browser had")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_cookie_is_enough_to_know_the_session_that_the_browser_had(bool access)
    {
        using BrowserClient before = shared.Node.NewBrowser();
        await before.Register(_address);
        using BrowserClient browser = shared.Node.NewBrowser();
        if (access)
            browser.AccessToken = before.AccessToken;
        else
            browser.RefreshToken = before.RefreshToken;

        await browser.Login(_address);
        Assert.True(await browser.IsSignedIn());

        Assert.False(await before.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A sign-in whose answer is lost signs nobody out")]
    public async Task A_sign_in_whose_answer_is_lost_signs_nobody_out()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_address);
        using HttpRequestMessage login = new(HttpMethod.Post, "/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new { email = _address, password = People.Password }
            ),
        };
        using HttpResponseMessage lost = await browser.Send(login, keepCookies: false);
        Assert.Equal(HttpStatusCode.OK, lost.StatusCode);

        Assert.True(await browser.IsSignedIn());

        using BrowserClient before = Copy(browser);
        await browser.Login(_address);
        Assert.True(await browser.IsSignedIn());
        Assert.False(await before.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A new session that signs out at once ends the old one too")]
    public async Task A_new_session_that_signs_out_at_once_ends_the_old_one_too()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_address);
        using BrowserClient before = Copy(browser);
        await browser.Login(_address);

        await browser.Post("/logout").Answered(HttpStatusCode.NoContent);

        Assert.False(await before.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-14 Registering ends the session that this browser had, of whatever user"
    )]
    public async Task Registering_ends_the_session_that_this_browser_had()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_address);
        using BrowserClient before = Copy(browser);
        using BrowserClient phone = shared.Node.NewBrowser();
        await phone.Login(_address);
        string session = await before.SessionId();

        await browser.Register(People.NewAddress());

        Assert.True(await browser.IsSignedIn());
        Assert.False(await before.IsSignedIn());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(phone, session));
    }

    [Fact(DisplayName = "S-14 Cookies of two sessions are one browser's: the sign-in ends both")]
    public async Task Cookies_of_two_sessions_both_end()
    {
        using BrowserClient one = shared.Node.NewBrowser();
        using BrowserClient other = shared.Node.NewBrowser();
        await one.Register(_address);
        await other.Register(People.NewAddress());
        using BrowserClient browser = shared.Node.NewBrowser();
        (browser.AccessToken, browser.RefreshToken) = (one.AccessToken, other.RefreshToken);

        await browser.Login(_address);
        Assert.True(await browser.IsSignedIn());

        Assert.False(await one.IsSignedIn());
        Assert.False(await other.IsSignedIn());
    }

    private BrowserClient Copy(BrowserClient browser)
    {
        BrowserClient copy = shared.Node.NewBrowser();
        (copy.AccessToken, copy.RefreshToken) = (browser.AccessToken, browser.RefreshToken);
        return copy;
    }
}
