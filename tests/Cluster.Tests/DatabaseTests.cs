using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Outages of the database.</summary>
public sealed class DatabaseTests(ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 During a database outage sessions in memory are checked, changes answer 503, and no session is lost"
    )]
    public async Task During_a_database_outage_sessions_in_memory_are_checked_changes_answer_503_and_no_session_is_lost()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);
        // Every session is in the memory of some silo.
        await Task.Delay(TimeSpan.FromSeconds(3));
        int before = faulty.LoadResults.Count("checked");

        await faulty.Fault(faulty.Cluster.Mongo.Stop);
        int during = faulty.LoadResults.Count("checked");
        await Task.Delay(TestSize.Outage);
        during = faulty.LoadResults.Count("checked") - during;
        await faulty.Cluster.Mongo.StartAgain();
        long restored = TimeProvider.System.GetTimestamp();
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(3));

        output.WriteLine(
            $"{before} checks in 5 s before, {during} in the {TestSize.Outage.TotalSeconds} s of the outage"
        );
        foreach (ClusterNode node in faulty.Cluster.Nodes)
            output.WriteLine(
                $"{node.Url}: last failure {faulty.LoadResults.LastFailure(restored, node):F1} s after the database was restored"
            );
        await faulty.Settle();
        // Two of ten clients only check; the others soon wait for the database. These two keep at least half of their
        // rate.
        double rateOfTwo = before / 5.0 * (2 / 10.0);
        Assert.True(during > TestSize.Outage.TotalSeconds * rateOfTwo / 2, $"{during} checks");
        faulty.AssertRecovered(restored, faulty.Cluster.Nodes);
        Device device = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await device.Register(faulty.Cluster.Any())).Status);
    }

    [Fact(DisplayName = "S-20 Killed database loses no acknowledged write")]
    public async Task Killed_database_loses_no_acknowledged_write()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);

        await faulty.Fault(faulty.Cluster.Mongo.Kill);
        await faulty.Cluster.Mongo.StartAgain();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await faulty.Cluster.Mongo.Kill();
        await faulty.Cluster.Mongo.StartAgain();
        await Task.Delay(FaultyCluster.RecoversWithin);

        await faulty.Settle();
    }

    [Fact]
    public async Task Node_waits_for_a_database_that_is_not_available_yet()
    {
        await using RunningCluster cluster = await RunningCluster.Start(nodes: 1);
        ClusterNode node = cluster.Nodes[0];
        await node.Stop();
        await cluster.Mongo.Stop();

        Task starting = node.Start();
        await LogsThatItWaits(node);
        Assert.False(starting.IsCompleted);
        await cluster.Mongo.StartAgain();

        await starting;
    }

    [Fact]
    public async Task Node_that_waits_for_its_database_stops_on_request()
    {
        await using RunningCluster cluster = await RunningCluster.Start(nodes: 1);
        ClusterNode node = cluster.Nodes[0];
        await node.Stop();
        await cluster.Mongo.Stop();

        Task<int> running = node.RunToItsEnd(TimeSpan.FromSeconds(60));
        await LogsThatItWaits(node);
        await node.Terminate();

        Assert.Equal(0, await running);
        Assert.DoesNotContain("Unhandled", node.Output, StringComparison.Ordinal);
    }

    private static Task LogsThatItWaits(ClusterNode node) =>
        Eventually.Holds(
            TimeSpan.FromSeconds(60),
            () =>
                node.Output.Contains(
                    "the membership table is not available yet",
                    StringComparison.Ordinal
                )
        );
}
