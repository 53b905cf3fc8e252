using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>The nodes of the fixture, while one test uses them.</summary>
public sealed class BorrowedCluster : IAsyncDisposable
{
    private readonly FaultFixture _owner;
    private readonly Dictionary<ClusterNode, int> _writtenBefore;
    private bool _passed;

    internal BorrowedCluster(FaultFixture owner, CuttableCluster hosts)
    {
        _owner = owner;
        Hosts = hosts;
        _writtenBefore = hosts.Cluster.Nodes.ToDictionary(node => node, node => node.Output.Length);
    }

    public CuttableCluster Hosts { get; }

    public RunningCluster Cluster => Hosts.Cluster;

    public Population Population => _owner.Population;

    /// <summary>What a node has written during this test.</summary>
    public string OutputOf(ClusterNode node) => node.Output[_writtenBefore[node]..];

    /// <summary>The next test may use the nodes, too.</summary>
    public void Passed() => _passed = true;

    public async ValueTask DisposeAsync()
    {
        if (!_passed)
            await _owner.Discard();
    }
}
