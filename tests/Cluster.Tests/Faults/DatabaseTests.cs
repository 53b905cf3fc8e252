using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>Outages of the database.</summary>
[Collection(FaultTests.Name)]
public sealed class DatabaseTests(FaultFixture fixture, ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 During a database outage sessions in memory are checked, changes answer 503, and no session is lost"
    )]
    public async Task During_a_database_outage_sessions_in_memory_are_checked_changes_answer_503_and_no_session_is_lost()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);
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
        faulty.Passed();
    }

    [Fact(DisplayName = "S-20 Killed database loses no acknowledged write")]
    public async Task Killed_database_loses_no_acknowledged_write()
    {
        await using FaultyCluster faulty = await FaultyCluster.Start(fixture, output);

        await faulty.Fault(faulty.Cluster.Mongo.Kill);
        await faulty.Cluster.Mongo.StartAgain();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await faulty.Cluster.Mongo.Kill();
        await faulty.Cluster.Mongo.StartAgain();
        await Task.Delay(FaultyCluster.RecoversWithin);

        await faulty.Settle();
        faulty.Passed();
    }
}
