using SessionAuth.Cluster.Tests.Leases;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults.Leases;

/// <summary>The history of sessions with copies, while nodes are suspended and killed.</summary>
[Collection(FaultTests.Name)]
public sealed class HistoryTests(FaultFixture fixture, ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 History of checks, refreshes and revocations is linearizable under faults"
    )]
    public async Task History_of_checks_refreshes_and_revocations_is_linearizable_under_faults()
    {
        await using BorrowedCluster borrowed = await fixture.Borrow();
        RunningCluster cluster = borrowed.Cluster;
        ClusterNode faulty = cluster.Nodes[1];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            cluster,
            people: 20,
            sessionsEach: 10
        );
        await sessions.Copy(cluster.Nodes);
        await using LeaseLoad load = new(cluster, sessions, revokeAt: cluster.Nodes[0]);
        load.Start(checkers: 12, checkEvery: TimeSpan.FromMilliseconds(5));
        Task revoking = load.RevokeOneByOne(sessions, every: TimeSpan.FromMilliseconds(180));

        // Within a lease: it goes on by its copies, unless revocations have waited for it. And longer than one.
        foreach (int seconds in new[] { 1, 1, 1, 1, 1, 8 })
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            await faulty.Pause();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            await faulty.Resume();
        }
        await Task.Delay(TimeSpan.FromSeconds(3));
        await cluster.Nodes[2].Kill();
        await Task.WhenAll(Task.Delay(TimeSpan.FromSeconds(15)), revoking);
        await load.Stop();

        output.WriteLine($"{load.Revoked} of {sessions.Length} sessions were revoked");
        sessions.AssertLinearizable();
        borrowed.Passed();
    }
}
