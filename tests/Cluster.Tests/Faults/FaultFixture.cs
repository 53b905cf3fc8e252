using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>
/// Three nodes, each on a host of its own, for tests that cause faults. One test after another uses them, because to
/// start them and to sign users in takes longer than most faults. After a test that fails the next gets new ones.
/// </summary>
public sealed class FaultFixture : IAsyncLifetime
{
    private CuttableCluster? _nodes;

    /// <summary>The users and browsers, which go from one test to the next.</summary>
    public Population Population { get; private set; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Discard();

    /// <summary>The nodes, all of which run.</summary>
    public async Task<BorrowedCluster> Borrow()
    {
        if (_nodes is null || !await Restore(_nodes.Cluster))
        {
            await Discard();
            _nodes = await CuttableCluster.Start();
        }
        return new(this, _nodes);
    }

    /// <summary>Stops the nodes, so that the next test gets new ones.</summary>
    public async Task Discard()
    {
        Population = new();
        if (_nodes is not null)
            await _nodes.DisposeAsync();
        _nodes = null;
    }

    private static async Task<bool> Restore(RunningCluster cluster)
    {
        cluster.Front = null;
        foreach (ClusterNode node in cluster.Nodes)
            node.TakesLoad = true;
        try
        {
            await Task.WhenAll(
                cluster.Nodes.Where(node => !node.IsRunning).Select(node => node.Start())
            );
            return (await Task.WhenAll(cluster.Nodes.Select(node => node.IsReady()))).All(ready =>
                ready
            );
        }
        catch (InvalidOperationException)
        {
            // The output of a node that cannot start again is in the failure of a test whose nodes are new.
            return false;
        }
    }
}

[CollectionDefinition(Name)]
public sealed class FaultTests : ICollectionFixture<FaultFixture>
{
    public const string Name = "cluster with faults";
}
