using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The previous session of a browser ends when the browser signs in or registers and then uses the new session.</summary>
[Collection(SharedNodeTests.Name)]
public sealed class ReplacedSessionTests(SharedNode shared)
{
    private readonly string _email = People.NewEmail();

    [Theory(
        DisplayName = "S-14 One of the two cookies is enough for a sign-in to end the previous session of the browser"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_cookie_is_enough_to_end_the_previous_session_of_the_browser(bool access)
    {
        using BrowserClient before = shared.Node.NewBrowser();
        await before.Register(_email);
        using BrowserClient browser = shared.Node.NewBrowser();
        if (access)
            browser.AccessToken = before.AccessToken;
        else
            browser.RefreshToken = before.RefreshToken;

        await browser.Login(_email);
        Assert.True(await browser.IsSignedIn());

        Assert.False(await before.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A sign-in whose answer is lost ends no session")]
    public async Task Sign_in_whose_answer_is_lost_ends_no_session()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_email);
        using HttpRequestMessage login = new(HttpMethod.Post, "/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new { email = _email, password = People.Password }
            ),
        };
        using HttpResponseMessage lost = await browser.Send(login, keepCookies: false);
        Assert.Equal(HttpStatusCode.OK, lost.StatusCode);

        Assert.True(await browser.IsSignedIn());

        using BrowserClient before = Copy(browser);
        await browser.Login(_email);
        Assert.True(await browser.IsSignedIn());
        Assert.False(await before.IsSignedIn());
    }

    [Fact(DisplayName = "S-14 A new session that is signed out at once ends the previous one too")]
    public async Task New_session_that_is_signed_out_at_once_ends_the_previous_one_too()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_email);
        using BrowserClient before = Copy(browser);
        await browser.Login(_email);

        await browser.Post("/logout").Answered(HttpStatusCode.NoContent);

        Assert.False(await before.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-14 Registration ends the previous session of the browser, whichever user it belonged to"
    )]
    public async Task Registration_ends_the_previous_session_of_the_browser()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_email);
        using BrowserClient before = Copy(browser);
        using BrowserClient phone = shared.Node.NewBrowser();
        await phone.Login(_email);
        string session = await before.SessionId();

        await browser.Register(People.NewEmail());

        Assert.True(await browser.IsSignedIn());
        Assert.False(await before.IsSignedIn());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(phone, session));
    }

    [Fact(
        DisplayName = "S-14 A browser that sends cookies of two sessions has both ended by a sign-in"
    )]
    public async Task Sign_in_ends_both_sessions_whose_cookies_the_browser_sends()
    {
        using BrowserClient one = shared.Node.NewBrowser();
        using BrowserClient other = shared.Node.NewBrowser();
        await one.Register(_email);
        await other.Register(People.NewEmail());
        using BrowserClient browser = shared.Node.NewBrowser();
        (browser.AccessToken, browser.RefreshToken) = (one.AccessToken, other.RefreshToken);

        await browser.Login(_email);
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
