using SessionAuth.Browser.Tests.Running;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>New versions, node by node, behind a real Caddy.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> s_domain = new()
    {
        ["PUBLIC_URL"] = CaddyProcess.Pages,
        ["API_URL"] = CaddyProcess.Api,
        ["ROOT_DOMAIN"] = "nodeauth.dev",
        ["TRUSTED_PROXIES"] = "127.0.0.1,::1",
    };

    [Fact(
        DisplayName = "S-20 While all nodes are restarted one by one no request through the proxy fails, and nobody is signed out"
    )]
    public async Task A_rolling_restart_fails_no_request()
    {
        await using RunningCluster cluster = await RunningCluster.Start(settings: s_domain);
        await using CaddyProcess caddy = await CaddyProcess.Start(
            cluster.Nodes.Select(node => node.Port)
        );
        using HttpClient http = caddy.NewClient();
        http.BaseAddress = new(CaddyProcess.Api);
        cluster.Front = new Proxy(http);
        Ledger ledger = new();
        await using Load load = new(cluster, ledger);
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
        output.WriteLine(ledger.Summary);
        foreach (string why in cluster.Refusals())
            output.WriteLine(why);
        Assert.Empty(ledger.Violations);
        Assert.Empty(ledger.FailuresSince(0, cluster.Front));
    }

    private sealed record Proxy(HttpClient Http) : IEntrance
    {
        public string Url => CaddyProcess.Api;

        public string Origin => CaddyProcess.Pages;
    }
}
