using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The session that a browser had ends when it signs in or registers.</summary>
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
