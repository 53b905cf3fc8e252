using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Databases that go away.</summary>
public sealed class DatabaseTests(ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 While the database is away sessions in memory are checked, changes answer 503, and nobody is signed out"
    )]
    public async Task An_outage_signs_nobody_out()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(output);
        // Every session is in memory somewhere.
        await Task.Delay(TimeSpan.FromSeconds(3));
        int before = faulty.Ledger.Count("checked");

        await faulty.Fault(faulty.Cluster.Mongo.Stop);
        int during = faulty.Ledger.Count("checked");
        await Task.Delay(Form.Outage);
        during = faulty.Ledger.Count("checked") - during;
        await faulty.Cluster.Mongo.StartAgain();
        long back = TimeProvider.System.GetTimestamp();
        await Task.Delay(FaultyCluster.RecoversWithin + TimeSpan.FromSeconds(3));

        output.WriteLine(
            $"{before} checks in 5 s before, {during} in the {Form.Outage.TotalSeconds} s of the outage"
        );
        foreach (ClusterNode node in faulty.Cluster.Nodes)
            output.WriteLine(
                $"{node.Url}: last failure {faulty.Ledger.LastFailure(back, node):F1} s after the database was back"
            );
        await faulty.Settle();
        Assert.True(during > before, $"{during} checks");
        Assert.Empty(
            faulty.Ledger.FailuresSince(
                back
                    + (long)(
                        FaultyCluster.RecoversWithin.TotalSeconds
                        * TimeProvider.System.TimestampFrequency
                    ),
                faulty.Cluster.Nodes
            )
        );
        Device device = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await device.Register(faulty.Cluster.Any())).Status);
    }

    [Fact(
        DisplayName = "S-20 A database that is killed while it writes loses nothing that was acknowledged"
    )]
    public async Task A_killed_database_loses_nothing()
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
    public async Task A_node_waits_for_a_database_that_is_not_there_yet()
    {
        await using RunningCluster cluster = await RunningCluster.Start(nodes: 1);
        ClusterNode node = cluster.Nodes[0];
        await node.Stop();
        await cluster.Mongo.Stop();

        Task starting = node.Start();
        while (!node.Output.Contains("the membership table has to wait", StringComparison.Ordinal))
            await Task.Delay(50);
        Assert.False(starting.IsCompleted);
        await cluster.Mongo.StartAgain();

        await starting;
    }

    [Fact]
    public async Task A_node_that_waits_for_its_database_stops_when_it_is_asked_to()
    {
        await using RunningCluster cluster = await RunningCluster.Start(nodes: 1);
        ClusterNode node = cluster.Nodes[0];
        await node.Stop();
        await cluster.Mongo.Stop();

        Task<int> running = node.RunToItsEnd(TimeSpan.FromSeconds(60));
        while (!node.Output.Contains("the membership table has to wait", StringComparison.Ordinal))
            await Task.Delay(50);
        await node.Terminate();

        Assert.Equal(0, await running);
        Assert.DoesNotContain("Unhandled", node.Output, StringComparison.Ordinal);
    }
}
