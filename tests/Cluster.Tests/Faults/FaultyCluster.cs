using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>The nodes under load, while a fault happens.</summary>
public sealed class FaultyCluster : IAsyncDisposable
{
    /// <summary>After this time no request at a surviving node may fail.</summary>
    public static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(15);

    // On a machine that does too much else a node may be suspended for longer than its fence, and refuses what comes then.
    private const int FailuresOfABusyMachine = 5;

    // The users and browsers with which a load starts.
    private const int People = 20;
    private const int SessionsEach = 8;
    private const int Revoked = 40;

    private readonly BorrowedCluster _borrowed;
    private readonly ITestOutputHelper _output;

    private FaultyCluster(BorrowedCluster borrowed, ITestOutputHelper output)
    {
        _borrowed = borrowed;
        _output = output;
        Load = new(Cluster, LoadResults, borrowed.Population);
    }

    public CuttableCluster Hosts => _borrowed.Hosts;

    public RunningCluster Cluster => _borrowed.Cluster;

    public LoadResults LoadResults { get; } = new();

    public Load Load { get; }

    /// <summary>The node with the fault.</summary>
    public ClusterNode FaultyNode => Cluster.Nodes[Faulty];

    /// <summary>The number of the node with the fault.</summary>
    public const int Faulty = 1;

    public IEnumerable<ClusterNode> Survivors => Cluster.Nodes.Where(node => node != FaultyNode);

    /// <summary>When the fault happened.</summary>
    public long FaultAt { get; private set; }

    /// <summary>Puts the nodes under load.</summary>
    public static async Task<FaultyCluster> Start(FaultFixture fixture, ITestOutputHelper output)
    {
        FaultyCluster faulty = new(await fixture.Borrow(), output);
        Population population = fixture.Population;
        if (population.IsEmpty)
            await faulty.Load.Prepare(People, SessionsEach);
        else
            population.Shrink(People, live: People * SessionsEach, Revoked);
        faulty.Load.Start();
        await Task.Delay(TimeSpan.FromSeconds(2));
        return faulty;
    }

    /// <summary>What a node has written during this test.</summary>
    public string OutputOf(ClusterNode node) => _borrowed.OutputOf(node);

    /// <summary>The test has passed, and the next may use the nodes, too.</summary>
    public void Passed() => _borrowed.Passed();

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
        await _borrowed.DisposeAsync();
    }
}
