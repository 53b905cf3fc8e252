using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>Refresh tokens: good until their successor was used, and then no longer.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private static readonly TimeSpan s_pastTheGrace = TimeSpan.FromSeconds(11);

    private RunningNode _node = null!;

    public async Task InitializeAsync() => _node = await RunningNode.Start();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-15 A refresh token whose successor was used is dead after the grace, and revokes the session"
    )]
    public async Task A_refresh_token_whose_successor_was_used_revokes_the_session()
    {
        string address = People.NewAddress();
        using BrowserClient owner = _node.NewBrowser();
        using BrowserClient other = _node.NewBrowser();
        await owner.Register(address);
        await other.Login(address);
        string session = await owner.SessionId();
        string stolen = owner.RefreshToken!;
        Assert.Equal(HttpStatusCode.NoContent, await Refresh(owner));
        Assert.True(await owner.IsSignedIn());
        _node.Clock.Advance(s_pastTheGrace);

        using BrowserClient thief = _node.NewBrowser();
        thief.RefreshToken = stolen;
        Assert.Equal(HttpStatusCode.Unauthorized, await Refresh(thief));

        Assert.Equal(HttpStatusCode.Unauthorized, await Refresh(owner));
        Assert.False(await owner.IsSignedIn());
        Assert.Equal("refresh-token-reuse", await DevicesSeen.ReasonOf(session, other));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(29 * 24 * 3600)]
    public async Task An_answer_that_was_lost_signs_nobody_out_however_long_ago(int seconds)
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress());
        using HttpRequestMessage lost = new(HttpMethod.Post, "/refresh");
        using HttpResponseMessage answer = await browser.Send(lost, keepCookies: false);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        _node.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(HttpStatusCode.NoContent, await Refresh(browser));

        Assert.True(await browser.IsSignedIn());
        Assert.Equal(2, Generation(browser));
    }

    [Fact]
    public async Task Two_tabs_that_refresh_at_once_both_stay_signed_in()
    {
        using BrowserClient first = _node.NewBrowser();
        await first.Register(People.NewAddress());
        using BrowserClient second = _node.NewBrowser();
        (second.AccessToken, second.RefreshToken) = (first.AccessToken, first.RefreshToken);

        HttpStatusCode[] answers = await Task.WhenAll(Refresh(first), Refresh(second));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], answers);
        Assert.Equal(Generation(first), Generation(second));
        Assert.True(await first.IsSignedIn());
        _node.Clock.Advance(s_pastTheGrace);
        Assert.Equal(HttpStatusCode.NoContent, await Refresh(second));
        Assert.True(await second.IsSignedIn());
    }

    [Fact(DisplayName = "S-16 A thousand refreshes of one token at once have one successor")]
    public async Task A_thousand_refreshes_of_one_token_have_one_successor()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress());
        string refreshToken = browser.RefreshToken!;

        (HttpStatusCode Status, long Generation)[] answers = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => RefreshWith(refreshToken))
        );

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NoContent, 2), answer));
    }

    private async Task<(HttpStatusCode, long)> RefreshWith(string token)
    {
        using BrowserClient copy = _node.NewBrowser();
        copy.RefreshToken = token;
        return (await Refresh(copy), Generation(copy));
    }

    private static async Task<HttpStatusCode> Refresh(BrowserClient browser)
    {
        using HttpResponseMessage response = await browser.Post("/refresh");
        return response.StatusCode;
    }

    private static long Generation(BrowserClient browser) =>
        (long)Forger.Open(browser.RefreshToken!).Payload["gen"]!;
}
