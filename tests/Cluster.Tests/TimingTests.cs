using System.Globalization;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Nodes whose timings differ from those of their cluster.</summary>
public sealed class TimingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(
        DisplayName = "S-20 Node with another FENCE joins no running cluster and changes it after all nodes have stopped"
    )]
    public async Task Node_with_another_FENCE_joins_no_running_cluster_and_changes_it_after_all_nodes_have_stopped()
    {
        await using RunningCluster cluster = await RunningCluster.Start(nodes: 1);
        int port = FreePort.ForNode();
        Dictionary<string, string> environment = RunningCluster.Settings(
            cluster.Mongo.ConnectionString
        );
        environment["MONGO_DATABASE"] = cluster.Nodes[0].Database;
        environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        environment["FENCE"] = "00:00:02";
        await using ClusterNode other = new(port, "localhost", environment, _directory);

        Assert.Equal(1, await other.RunToItsEnd(TimeSpan.FromSeconds(60)));
        string sentence = Assert.Single(
            other.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.StartsWith(
            "SessionAuth cannot start. FENCE is 00:00:02 here and 00:00:03 in the cluster",
            sentence,
            StringComparison.Ordinal
        );
        Assert.True(await cluster.Nodes[0].IsReady());

        await cluster.Nodes[0].Stop();
        await other.Start();
    }
}
