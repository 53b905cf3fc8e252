using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Expired tokens.</summary>
public sealed class ExpiredTokenTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Access_token_is_valid_for_15_minutes()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewEmail());
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await browser.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Sign_out_accepts_expired_tokens()
    {
        string email = People.NewEmail();
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(email);
        string session = await browser.SessionId();
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromDays(1));

        using HttpResponseMessage logout = await browser.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        using BrowserClient other = _node.NewBrowser();
        await other.Login(email);
        Assert.Equal("signed-out", await DeviceListing.Reason(other, session));
    }
}
