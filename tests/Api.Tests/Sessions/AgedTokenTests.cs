using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Tokens that have grown old.</summary>
public sealed class AgedTokenTests : IAsyncLifetime
{
    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task An_access_token_is_good_for_a_quarter_of_an_hour()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress());
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await browser.IsSignedIn());
        _node.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Signing_out_takes_tokens_whose_only_fault_is_their_age()
    {
        string address = People.NewAddress();
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(address);
        string session = await browser.SessionId();
        browser.RefreshToken = null;
        _node.Clock.Advance(TimeSpan.FromDays(1));

        using HttpResponseMessage logout = await browser.Post("/logout");

        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        using BrowserClient other = _node.NewBrowser();
        await other.Login(address);
        Assert.Equal("signed-out", await DevicesSeen.ReasonOf(session, other));
    }
}
