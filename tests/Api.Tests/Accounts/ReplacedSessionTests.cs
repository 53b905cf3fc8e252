using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

[Collection(SharedNodeTests.Name)]
public sealed class LoginTests(SharedNode shared)
{
    private readonly string _address = People.NewAddress();

    [Fact(
        DisplayName = "S-14 A sign-in makes a new session, and ends the one whose cookies were planted"
    )]
    public async Task A_sign_in_makes_a_new_session_and_ends_the_planted_one()
    {
        using BrowserClient attacker = shared.Node.NewBrowser();
        await attacker.Register(People.NewAddress());
        string planted = await attacker.SessionId();
        using BrowserClient victim = shared.Node.NewBrowser();
        await victim.Register(_address);
        await victim.Post("/logout");
        (victim.AccessToken, victim.RefreshToken) = (attacker.AccessToken, attacker.RefreshToken);

        using HttpResponseMessage login = await victim.Login(_address);

        SetCookies.BothAnew(login);
        Assert.NotEqual(planted, await victim.SessionId());
        Assert.False(await attacker.IsSignedIn());
        using HttpResponseMessage refresh = await attacker.Post("/refresh");
        Assert.Equal(HttpStatusCode.Unauthorized, refresh.StatusCode);
    }

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

    [Fact]
    public async Task A_sign_in_that_is_refused_leaves_the_browsers_session_alone()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_address);

        using HttpResponseMessage refused = await browser.Login(_address, "not the password");

        await Problem.Is(refused, HttpStatusCode.Unauthorized, "sign-in-refused");
        SetCookies.None(refused);
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-27 An unknown address and a wrong password get the same answer")]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_answer()
    {
        using BrowserClient browser = shared.Node.NewBrowser();
        await browser.Register(_address);
        await browser.Post("/logout");

        using HttpResponseMessage wrong = await browser.Login(_address, "not the password");
        using HttpResponseMessage unknown = await browser.Login(People.NewAddress());

        await Problem.Is(wrong, HttpStatusCode.Unauthorized, "sign-in-refused");
        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(
            await wrong.Content.ReadAsStringAsync(),
            await unknown.Content.ReadAsStringAsync()
        );
        Assert.Equal(Headers(wrong), Headers(unknown));
    }

    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        response
            .Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order();

    private BrowserClient Copy(BrowserClient browser)
    {
        BrowserClient copy = shared.Node.NewBrowser();
        (copy.AccessToken, copy.RefreshToken) = (browser.AccessToken, browser.RefreshToken);
        return copy;
    }
}
