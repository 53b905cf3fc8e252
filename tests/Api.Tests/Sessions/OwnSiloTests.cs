using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A front end that was stopped wakes up with requests that have long been answered elsewhere.</summary>
public sealed class OwnSiloTests : IAsyncLifetime
{
    private readonly MovedClock _clock = new();
    private Fence _fence = null!;
    private RunningNode _node = null!;

    public async Task InitializeAsync()
    {
        _fence = new(Options.Create(new ClusterTimings()), _clock);
        _node = await RunningNode.Start(
            clock: _clock,
            configure: services => services.AddSingleton<IOwnSilo>(_fence)
        );
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-15 A front end spends no refresh token while its own silo's fence is shut"
    )]
    public async Task A_front_end_spends_no_refresh_token_while_its_own_silos_fence_is_shut()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewAddress()).Answered(HttpStatusCode.Created);
        string token = browser.RefreshToken!;
        bool checks = await browser.IsSignedIn();
        using HttpResponseMessage refresh = await browser.Post("/refresh");
        browser.AccessToken = null;
        using HttpResponseMessage healing = await browser.Get("/me");

        Assert.True(checks);
        await Problem.Is(refresh, HttpStatusCode.ServiceUnavailable, "held-up");
        await Problem.Is(healing, HttpStatusCode.ServiceUnavailable, "held-up");
        Assert.NotNull(refresh.Headers.RetryAfter);
        Assert.Equal(token, browser.RefreshToken);

        _fence.Confirm(_fence.Now());
        await browser.Post("/refresh").Answered(HttpStatusCode.NoContent);
        Assert.Equal(2, Forger.Open(browser.RefreshToken!).Payload["gen"]!.GetValue<long>());
    }
}
