using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>Rolling restarts behind a real Caddy.</summary>
[Collection(FaultTests.Name)]
public sealed class RollingRestartTests(FaultFixture fixture, ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 During a rolling restart no request through the proxy fails and no session is lost"
    )]
    public async Task During_a_rolling_restart_no_request_through_the_proxy_fails_and_no_session_is_lost()
    {
        await using BorrowedCluster borrowed = await fixture.Borrow();
        RunningCluster cluster = borrowed.Cluster;
        await using CaddyProcess caddy = await CaddyProcess.Start(
            cluster.Nodes.Select(node => new Uri(node.Url).Authority)
        );
        using HttpClient http = caddy.NewClient();
        http.BaseAddress = new(CaddyProcess.Api);
        cluster.Front = new Proxy(http);
        LoadResults results = new();
        await using Load load = new(cluster, results);
        await load.Prepare(people: 20, sessionsEach: 10);
        load.Start(workers: 16);

        foreach (ClusterNode node in cluster.Nodes)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await node.Stop();
            await node.Start();
        }
        await Task.Delay(TimeSpan.FromSeconds(2));

        await load.Stop();
        await load.VerifyAll();
        output.WriteLine(results.Summary);
        foreach (string why in cluster.Refusals())
            output.WriteLine(why);
        Assert.Empty(results.Violations);
        Assert.Empty(results.FailuresSince(0, cluster.Front));
        borrowed.Passed();
    }

    private sealed record Proxy(HttpClient Http) : IRequestTarget
    {
        public string Url => CaddyProcess.Api;

        public string Origin => CaddyProcess.Pages;
    }
}
