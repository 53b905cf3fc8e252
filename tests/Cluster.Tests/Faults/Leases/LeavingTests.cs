using SessionAuth.Cluster.Tests.Leases;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults.Leases;

/// <summary>Sessions with copies whose activations leave their silo, in order or not.</summary>
[Collection(FaultTests.Name)]
public sealed class LeavingTests(FaultFixture fixture, ITestOutputHelper output)
{
    private static readonly TimeSpan s_betweenRevocations = TimeSpan.FromMilliseconds(150);

    [Fact(
        DisplayName = "S-20 History of checks, refreshes and revocations is linearizable while sessions are handed over"
    )]
    public async Task History_of_checks_refreshes_and_revocations_is_linearizable_while_sessions_are_handed_over()
    {
        await using BorrowedCluster borrowed = await fixture.Borrow();
        RunningCluster cluster = borrowed.Cluster;
        ClusterNode stopping = cluster.Nodes[1];
        // The other one, because the sessions of a node that stopped do not come back when it starts.
        ClusterNode dying = cluster.Nodes[2];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            cluster,
            people: 15,
            sessionsEach: 12
        );
        await sessions.Copy(cluster.Nodes);
        Queue<LeasedSession> live = new(sessions);
        await using LeaseLoad load = new(cluster, sessions, revokeAt: cluster.Nodes[0]);
        load.Start(checkers: 12, checkEvery: TimeSpan.FromMilliseconds(100));

        LeasedSession[] leaving = [.. Take(24)];
        await During(
            "sessions leave memory or move",
            20,
            () => LeaveOneByOne(leaving, cluster, load)
        );
        await During("a node stops in order", 36, () => Without(stopping, stopping.Stop));
        await During("it starts again", 20, stopping.Start);
        stopping.TakesLoad = true;
        await live.Copy([stopping]);
        await During("another is killed", 80, () => Without(dying, dying.Kill));
        await Task.Delay(FaultyCluster.RecoversWithin);
        await load.Stop();

        output.WriteLine($"{load.Revoked} of {sessions.Length} sessions were revoked");
        sessions.AssertLinearizable();
        Assert.True(load.Revoked > sessions.Length / 2);
        borrowed.Passed();

        async Task During(string what, int revoked, Func<Task> phase)
        {
            long began = TimeProvider.System.GetTimestamp();
            int before = load.Revoked;
            await Task.WhenAll(
                phase(),
                load.RevokeOneByOne(Take(revoked), every: s_betweenRevocations)
            );
            output.WriteLine(
                $"{load.Revoked - before} revocations were answered in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s while {what}"
            );
        }

        IEnumerable<LeasedSession> Take(int count) =>
            Enumerable.Range(0, count).Select(_ => live.Dequeue());
    }

    private static async Task Without(ClusterNode node, Func<Task> fault)
    {
        node.TakesLoad = false;
        await fault();
    }

    // Nothing in the product moves a session that a silo keeps; operators can, and a session that is not used leaves.
    private async Task LeaveOneByOne(
        LeasedSession[] leaving,
        RunningCluster cluster,
        LeaseLoad load
    )
    {
        await using ActivationControl activations = await ActivationControl.Connect(cluster);
        int moved = 0;
        foreach ((int number, LeasedSession session) in leaving.Index())
        {
            string id = await session.Id(cluster.Nodes[0]);
            SiloAddress? from = await activations.SiloOf(id);
            if (number % 2 == 0)
                await activations.Deactivate(id);
            else
                await activations.Migrate(id, from);
            await load.Revoke(session);
            if (await activations.SiloOf(id) != from)
                moved++;
        }
        output.WriteLine($"{moved} of {leaving.Length} sessions were on another silo then");
    }
}
