using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Nodes that answer checks from copies, under leases.</summary>
public sealed class LeaseTests(ITestOutputHelper output)
{
    private const int People = 20;

    // The length of a lease; tests do not depend on how quick the machine is.
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(3);

    [Fact(
        DisplayName = "S-20 Session with copies on three nodes is refused by each of them once its revocation was answered"
    )]
    public async Task Session_with_copies_on_three_nodes_is_refused_by_each_of_them_once_its_revocation_was_answered()
    {
        Dictionary<string, TimeSpan> medians = [];
        foreach (string leases in new[] { "off", "on" })
        {
            await using RunningCluster cluster = await RunningCluster.Start(
                settings: new Dictionary<string, string> { ["CHECK_LEASES"] = leases }
            );
            LeasedSession[] sessions = await LeasedSessions.SignIn(
                cluster,
                People,
                TestSize.CopiedSessions / People
            );
            await sessions.Copy(cluster.Nodes);

            List<TimeSpan> answers = [];
            foreach (LeasedSession session in sessions)
            {
                answers.Add(await session.Revoke(cluster.Any()));
                Answer[] after = await Task.WhenAll(cluster.Nodes.Select(session.Check));
                Assert.All(
                    after,
                    answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status)
                );
            }

            sessions.AssertLinearizable();
            medians[leases] = answers.Order().ElementAt(answers.Count / 2);
        }

        output.WriteLine(
            $"a revocation was answered after {medians["off"].TotalMilliseconds:F1} ms at the median without leases, {medians["on"].TotalMilliseconds:F1} ms with them"
        );
    }

    [Fact(
        DisplayName = "S-20 Front end that is suspended makes revocations wait for one lease and refuses them when it resumes"
    )]
    public async Task Front_end_that_is_suspended_makes_revocations_wait_for_one_lease_and_refuses_them_when_it_resumes()
    {
        await using RunningCluster cluster = await RunningCluster.Start(
            nodes: 3,
            roles: ["node", "node", "client"]
        );
        ClusterNode frontEnd = cluster.Nodes[2];
        LeasedSession[] sessions = await LeasedSessions.SignIn(cluster, People, sessionsEach: 5);
        LeasedSession[] ofOneUser = await LeasedSessions.SignIn(
            cluster,
            people: 1,
            sessionsEach: 101
        );
        LeasedSession staying = ofOneUser[0];
        LeasedSession[] others = ofOneUser[1..];
        LeasedSession[] all = [.. sessions, .. ofOneUser];
        await all.Copy(cluster.Nodes);

        await frontEnd.Pause();
        long began = TimeProvider.System.GetTimestamp();
        Task<TimeSpan> revokingOthers = staying.RevokeOthers(others, cluster.Nodes[0]);
        TimeSpan[] waits = await Task.WhenAll(
            sessions.Select(session => session.Revoke(cluster.Nodes[Random.Shared.Next(2)]))
        );
        TimeSpan waitForOthers = await revokingOthers;
        TimeSpan waitForAll = TimeProvider.System.GetElapsedTime(began);
        // They wait in its sockets, for sessions that are live by its copies.
        Task<Answer[]> waiting = Task.WhenAll(
            sessions.Concat(others).Select(session => session.Check(frontEnd))
        );
        await Task.Delay(TimeSpan.FromSeconds(5));
        await frontEnd.Resume();
        Answer[] answers = await waiting;
        // Its leases are renewed, and must not revive what they covered before.
        await Task.Delay(s_lease / 2);
        Answer[] later = await Task.WhenAll(
            sessions.Concat(others).Select(session => session.Check(frontEnd))
        );

        output.WriteLine(
            $"{sessions.Length} revocations with a suspended front end: the slowest was answered after {waits.Max().TotalSeconds:F1} s; {others.Length} sessions of one user by one request: after {waitForOthers.TotalSeconds:F1} s"
        );
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(later, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(HttpStatusCode.OK, (await staying.Check(frontEnd)).Status);
        all.AssertLinearizable();
        // One lease for all of them, not one for each.
        Assert.InRange(waitForAll, TimeSpan.Zero, s_lease * 10);
    }

    [Fact(
        DisplayName = "S-20 History of checks, refreshes and revocations is linearizable under faults"
    )]
    public async Task History_of_checks_refreshes_and_revocations_is_linearizable_under_faults()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        ClusterNode faulty = cluster.Nodes[1];
        LeasedSession[] sessions = await LeasedSessions.SignIn(cluster, People, sessionsEach: 15);
        await sessions.Copy(cluster.Nodes);
        await using LeaseLoad load = new(cluster, sessions, revokeAt: cluster.Nodes[0]);
        load.Start(checkers: 12, checkEvery: TimeSpan.FromMilliseconds(5));
        Task revoking = load.RevokeOneByOne(sessions, every: TimeSpan.FromMilliseconds(120));

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
    }
}
