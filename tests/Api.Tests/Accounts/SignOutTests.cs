using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

public sealed class SignOutTests(OwnNode own) : IClassFixture<OwnNode>
{
    private readonly string _email = People.NewEmail();

    private RunningNode Node => own.Node;

    [Fact]
    public async Task Sign_out_revokes_the_session_and_clears_both_cookies()
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(_email);
        (string? access, string? refresh) = (browser.AccessToken, browser.RefreshToken);

        using HttpResponseMessage answer = await browser.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        SetCookies.BothCleared(answer);
        Assert.Equal(["deviceToken"], browser.Cookies.Keys);
        (browser.AccessToken, browser.RefreshToken) = (access, refresh);
        Assert.False(await browser.IsSignedIn());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Sign_out_needs_one_token_of_any_age(bool access, bool refresh)
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(_email);
        await browser.Login(_email, remember: false);
        using BrowserClient phone = Node.NewBrowser();
        await phone.Login(_email);
        string session = await browser.SessionId();
        using BrowserClient old = Node.NewBrowser();
        old.AccessToken = access ? browser.AccessToken : null;
        old.RefreshToken = refresh ? browser.RefreshToken : null;
        // The first tokens have expired, the session has not.
        for (int i = 0; i < 3; i++)
        {
            Node.Clock.Advance(TimeSpan.FromHours(12));
            (await browser.Post("/refresh")).EnsureSuccessStatusCode();
        }

        using HttpResponseMessage answer = await old.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(await browser.IsSignedIn());
        Assert.Equal("signed-out", await DeviceListing.Reason(phone, session));
    }

    [Fact]
    public async Task Sign_out_without_a_session_is_204_and_clears_the_cookies()
    {
        using BrowserClient browser = Node.NewBrowser();
        browser.AccessToken = "nonsense";

        using HttpResponseMessage answer = await browser.Post("/logout");
        using HttpResponseMessage again = await browser.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        SetCookies.BothCleared(answer);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Sign_out_of_an_ended_session_keeps_its_end_reason()
    {
        using BrowserClient laptop = Node.NewBrowser();
        using BrowserClient phone = Node.NewBrowser();
        await laptop.Register(_email);
        await phone.Login(_email);
        string session = await phone.SessionId();
        await laptop.Delete("/sessions");

        using HttpResponseMessage answer = await phone.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("revoked-by-user", await DeviceListing.Reason(laptop, session));
    }

    [Fact]
    public async Task Sign_out_with_tokens_of_two_sessions_ends_both()
    {
        using BrowserClient one = Node.NewBrowser();
        using BrowserClient other = Node.NewBrowser();
        await one.Register(_email);
        await other.Login(_email);
        using BrowserClient both = Node.NewBrowser();
        (both.AccessToken, both.RefreshToken) = (one.AccessToken, other.RefreshToken);

        await both.Post("/logout");

        Assert.False(await one.IsSignedIn());
        Assert.False(await other.IsSignedIn());
    }
}
