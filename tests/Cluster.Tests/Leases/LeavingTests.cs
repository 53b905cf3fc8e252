using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Sessions with copies whose activations leave their silo, in order or not.</summary>
public sealed class LeavingTests(ITestOutputHelper output)
{
    [Fact(
        DisplayName = "S-20 History of checks, refreshes and revocations is linearizable while sessions are handed over"
    )]
    public async Task History_of_checks_refreshes_and_revocations_is_linearizable_while_sessions_are_handed_over()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        ClusterNode leaving = cluster.Nodes[1];
        LeasedSession[] sessions = await LeasedSessions.SignIn(
            cluster,
            people: 15,
            sessionsEach: 12
        );
        await sessions.Copy(cluster.Nodes);
        await using LeaseLoad load = new(cluster, sessions, revokeAt: cluster.Nodes[0]);
        load.Start(
            checkers: 12,
            checkEvery: TimeSpan.FromMilliseconds(100),
            revokeEvery: TimeSpan.FromMilliseconds(200)
        );
        int before = 0;

        await During("sessions leave memory or move", () => LeaveOneByOne(cluster, load));
        await During("a node stops in order", () => Without(leaving, leaving.Stop));
        await During("it starts again", leaving.Start);
        leaving.TakesLoad = true;
        await During("it serves", () => Task.Delay(TimeSpan.FromSeconds(3)));
        await During("it is killed", () => Without(leaving, leaving.Kill));
        await During("the others recover", () => Task.Delay(FaultyCluster.RecoversWithin));
        await load.Stop();

        sessions.AssertLinearizable();

        async Task During(string what, Func<Task> phase)
        {
            await phase();
            output.WriteLine($"{load.Revoked - before} revocations were answered while {what}");
            before = load.Revoked;
        }
    }

    private static async Task Without(ClusterNode node, Func<Task> fault)
    {
        node.TakesLoad = false;
        await fault();
    }

    // Nothing in the product moves a session that a silo keeps; operators can, and a session that is not used leaves.
    private async Task LeaveOneByOne(RunningCluster cluster, LeaseLoad load)
    {
        await using ActivationControl activations = await ActivationControl.Connect(cluster);
        int moved = 0;
        LeasedSession[] leaving = [.. load.TakeLive(24)];
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
