using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>A cluster under load, to which something happens.</summary>
public sealed class FaultyCluster : IAsyncDisposable
{
    /// <summary>From then on after a fault no request at a node that survives it may fail.</summary>
    public static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(15);

    private readonly ITestOutputHelper _output;

    private FaultyCluster(RunningCluster cluster, ITestOutputHelper output)
    {
        Cluster = cluster;
        Load = new(cluster, Ledger);
        _output = output;
    }

    public RunningCluster Cluster { get; }

    public Ledger Ledger { get; } = new();

    public Load Load { get; }

    /// <summary>The node that things happen to.</summary>
    public ClusterNode Victim => Cluster.Nodes[1];

    public IEnumerable<ClusterNode> Survivors => Cluster.Nodes.Where(node => node != Victim);

    /// <summary>When it happened.</summary>
    public long FaultAt { get; private set; }

    public static async Task<FaultyCluster> Start(
        ITestOutputHelper output,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        return await Of(await RunningCluster.Start(settings: settings), output);
    }

    /// <summary>Puts a cluster, which ends with it, under load.</summary>
    public static async Task<FaultyCluster> Of(RunningCluster cluster, ITestOutputHelper output)
    {
        FaultyCluster faulty = new(cluster, output);
        await faulty.Load.Prepare(people: 20, sessionsEach: 15);
        faulty.Load.Start();
        await Task.Delay(TimeSpan.FromSeconds(2));
        return faulty;
    }

    /// <summary>Does it.</summary>
    public async Task Fault(Func<Task> fault)
    {
        FaultAt = TimeProvider.System.GetTimestamp();
        await fault();
    }

    /// <summary>The moment so long after the fault.</summary>
    public long After(TimeSpan time) =>
        FaultAt + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);

    /// <summary>Ends the load, and looks whether everything that was acknowledged is there.</summary>
    public async Task Settle()
    {
        await Load.Stop();
        await Load.VerifyAll();
        _output.WriteLine(Ledger.Summary);
        foreach (ClusterNode node in Cluster.Nodes)
            _output.WriteLine(
                $"{node.Url}: last failure {Ledger.LastFailure(FaultAt, node):F1} s after the fault"
            );
        foreach (string failure in Ledger.FailuresSince(FaultAt, Cluster.Nodes).TakeLast(10))
            _output.WriteLine(failure);
        Assert.Empty(Ledger.Violations);
        Assert.Empty(Ledger.UnkindFailures);
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
