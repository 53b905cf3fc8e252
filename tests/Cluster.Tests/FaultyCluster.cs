using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>A cluster under load in which a fault happens.</summary>
public sealed class FaultyCluster : IAsyncDisposable
{
    /// <summary>After this time no request at a surviving node may fail.</summary>
    public static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(15);

    // On a machine that does too much else a node may be suspended for longer than its fence, and refuses what comes then.
    private const int FailuresOfABusyMachine = 5;

    private readonly ITestOutputHelper _output;

    private FaultyCluster(RunningCluster cluster, ITestOutputHelper output)
    {
        Cluster = cluster;
        Load = new(cluster, LoadResults);
        _output = output;
    }

    public RunningCluster Cluster { get; }

    public LoadResults LoadResults { get; } = new();

    public Load Load { get; }

    /// <summary>The node with the fault.</summary>
    public ClusterNode FaultyNode => Cluster.Nodes[1];

    public IEnumerable<ClusterNode> Survivors => Cluster.Nodes.Where(node => node != FaultyNode);

    /// <summary>When the fault happened.</summary>
    public long FaultAt { get; private set; }

    public static async Task<FaultyCluster> Start(
        ITestOutputHelper output,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        return await Of(await RunningCluster.Start(settings: settings), output);
    }

    /// <summary>Puts a cluster under load and takes ownership of it.</summary>
    public static async Task<FaultyCluster> Of(RunningCluster cluster, ITestOutputHelper output)
    {
        FaultyCluster faulty = new(cluster, output);
        await faulty.Load.Prepare(people: 20, sessionsEach: 8);
        faulty.Load.Start();
        await Task.Delay(TimeSpan.FromSeconds(2));
        return faulty;
    }

    /// <summary>Causes the fault.</summary>
    public async Task Fault(Func<Task> fault)
    {
        FaultAt = TimeProvider.System.GetTimestamp();
        await fault();
    }

    /// <summary>Stops the load and checks that every acknowledged write is there.</summary>
    public async Task Settle()
    {
        await Load.Stop();
        await Load.VerifyAll();
        _output.WriteLine(LoadResults.Summary);
        foreach (ClusterNode node in Cluster.Nodes)
            _output.WriteLine(
                $"{node.Url}: last failure {LoadResults.LastFailure(FaultAt, node):F1} s after the fault"
            );
        foreach (string failure in LoadResults.FailuresSince(FaultAt, Cluster.Nodes).TakeLast(10))
            _output.WriteLine(failure);
        foreach (string refusal in Cluster.Refusals())
            _output.WriteLine(refusal);
        Assert.Empty(LoadResults.Violations);
        Assert.Empty(LoadResults.UnexpectedErrors);
    }

    /// <summary>Checks that requests to these nodes were answered again, some time after the fault.</summary>
    public void AssertRecovered(params IEnumerable<ClusterNode> nodes) =>
        AssertRecovered(FaultAt, nodes);

    /// <summary>Checks that requests to these nodes were answered again, some time after another time.</summary>
    public void AssertRecovered(long from, params IEnumerable<ClusterNode> nodes)
    {
        IReadOnlyList<string> failures = LoadResults.FailuresSince(
            from + (long)(RecoversWithin.TotalSeconds * TimeProvider.System.TimestampFrequency),
            nodes
        );
        Assert.True(
            failures.Count <= FailuresOfABusyMachine,
            string.Join(Environment.NewLine, failures)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
