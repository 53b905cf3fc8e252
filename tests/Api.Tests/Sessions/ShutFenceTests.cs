using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Api.Tests.Sessions;

/// <summary>A node that resumes after a pause, with requests that other nodes have answered during the pause.</summary>
public sealed class ShutFenceTests : IAsyncLifetime
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
        DisplayName = "S-15 A front end rotates no refresh token while its own silo's fence is shut"
    )]
    public async Task Front_end_rotates_no_refresh_token_while_its_own_silos_fence_is_shut()
    {
        using BrowserClient browser = _node.NewBrowser();
        await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);
        string token = browser.RefreshToken!;
        bool checks = await browser.IsSignedIn();
        using HttpResponseMessage refresh = await browser.Post("/refresh");
        browser.AccessToken = null;
        using HttpResponseMessage call = await browser.Get("/me");

        Assert.True(checks);
        await Problem.Is(refresh, HttpStatusCode.ServiceUnavailable, "token-superseded");
        await Problem.Is(call, HttpStatusCode.ServiceUnavailable, "token-superseded");
        Assert.NotNull(refresh.Headers.RetryAfter);
        Assert.Equal(token, browser.RefreshToken);

        _fence.Confirm(_fence.Now());
        await browser.Post("/refresh").Answered(HttpStatusCode.NoContent);
        Assert.Equal(2, Forger.Open(browser.RefreshToken!).Payload["gen"]!.GetValue<long>());
    }
}
