using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Rolling restarts behind a real Caddy.</summary>
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
        DisplayName = "S-20 During a rolling restart no request through the proxy fails and no session is lost"
    )]
    public async Task During_a_rolling_restart_no_request_through_the_proxy_fails_and_no_session_is_lost()
    {
        await using RunningCluster cluster = await RunningCluster.Start(settings: s_domain);
        await using CaddyProcess caddy = await CaddyProcess.Start(
            cluster.Nodes.Select(node => node.Port)
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
    }

    private sealed record Proxy(HttpClient Http) : IRequestTarget
    {
        public string Url => CaddyProcess.Api;

        public string Origin => CaddyProcess.Pages;
    }
}
