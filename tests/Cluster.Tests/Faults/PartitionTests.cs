using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>Nodes that are alive but disconnected.</summary>
[Collection(FaultTests.Name)]
public sealed class PartitionTests(FaultFixture fixture, ITestOutputHelper output)
{
    // A node logs this when its fence closes: the first test expects it and the last one does not.
    private const string FenceClosed =
        "This silo cannot tell whether it still belongs to its cluster";

    [Fact(
        DisplayName = "S-20 Node that is cut off from the other nodes and the database accepts no session that was revoked meanwhile"
    )]
    public async Task Node_that_is_cut_off_from_the_other_nodes_and_the_database_accepts_no_session_that_was_revoked_meanwhile()
    {
        string written = await AcceptsNothingThatWasRevoked(
            _ => CutNetwork.Cut(FaultyCluster.Faulty),
            _ => CutNetwork.Repair(FaultyCluster.Faulty),
            TimeSpan.FromSeconds(20)
        );
        Assert.Contains(FenceClosed, written, StringComparison.Ordinal);
    }

    [Fact(
        DisplayName = "S-20 Node that is cut off from the other nodes only accepts no session that was revoked meanwhile"
    )]
    public Task Node_that_is_cut_off_from_the_other_nodes_only_accepts_no_session_that_was_revoked_meanwhile() =>
        AcceptsNothingThatWasRevoked(
            hosts => hosts.CutFromOthers(FaultyCluster.Faulty),
            hosts => hosts.RepairToOthers(FaultyCluster.Faulty),
            TimeSpan.FromSeconds(15)
        );

    // Returns the output of the node.
    private async Task<string> AcceptsNothingThatWasRevoked(
        Func<CuttableCluster, Task> cut,
        Func<CuttableCluster, Task> mend,
        TimeSpan length
    )
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);
        ClusterNode faultyNode = faulty.FaultyNode;

        // Browsers still reach it.
        faultyNode.TakesLoad = false;
        await using Load disconnected = faulty.Load.At(faultyNode);
        disconnected.Start(workers: 0, checkers: 24);
        await faulty.Fault(() => cut(faulty.Hosts));
        await Task.Delay(length);
        await mend(faulty.Hosts);
        long repaired = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await Eventually.Holds(TimeSpan.FromSeconds(60), faultyNode.IsReady);
        double ready = TimeProvider.System.GetElapsedTime(repaired).TotalSeconds;
        await disconnected.Stop();
        faultyNode.TakesLoad = true;
        await Task.Delay(TimeSpan.FromSeconds(5));

        output.WriteLine(
            $"cut off for {length.TotalSeconds} s; the last check that it accepted was {faulty.LoadResults.LastAccepted(faulty.FaultAt, repaired, faultyNode):F1} s after the cut; ready {ready:F1} s after it was repaired"
        );
        await faulty.Settle();
        faulty.AssertRecovered(faulty.Survivors);
        faulty.Passed();
        return faulty.OutputOf(faultyNode);
    }

    [Fact(
        DisplayName = "S-20 Node that is cut off from the database only continues to check sessions by peer reports"
    )]
    public async Task Node_that_is_cut_off_from_the_database_only_continues_to_check_sessions_by_peer_reports()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);
        ClusterNode faultyNode = faulty.FaultyNode;
        faultyNode.TakesLoad = false;
        await using Load checking = faulty.Load.At(faultyNode);

        await faulty.Fault(() =>
        {
            faulty.Hosts.CutDatabase(FaultyCluster.Faulty);
            return Task.CompletedTask;
        });
        await Task.Delay(TimeSpan.FromSeconds(5));
        int before = faulty.LoadResults.Count("checked");
        checking.Start(workers: 0, checkers: 4);
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.True(await faultyNode.IsReady());
        await checking.Stop();
        faulty.Hosts.RepairDatabase(FaultyCluster.Faulty);
        faultyNode.TakesLoad = true;
        await Task.Delay(TimeSpan.FromSeconds(5));

        output.WriteLine($"{faulty.LoadResults.Count("checked") - before} checks meanwhile");
        await faulty.Settle();
        Assert.DoesNotContain(FenceClosed, faulty.OutputOf(faultyNode), StringComparison.Ordinal);
        faulty.Passed();
    }
}
