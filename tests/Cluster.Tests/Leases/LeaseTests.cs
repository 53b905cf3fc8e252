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
            LeasedSession[] sessions = await SignIn(cluster, TestSize.Sessions);
            await Copy(sessions, cluster.Nodes);

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

            Assert.All(sessions, session => Assert.Null(session.History.Violation()));
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
        LeasedSession[] sessions = await SignIn(cluster, 100);
        await Copy(sessions, cluster.Nodes);

        await frontEnd.Pause();
        // They wait in its sockets, for sessions that are live by its copies.
        long began = TimeProvider.System.GetTimestamp();
        TimeSpan[] waits = await Task.WhenAll(
            sessions.Select(session => session.Revoke(cluster.Nodes[Random.Shared.Next(2)]))
        );
        TimeSpan all = TimeProvider.System.GetElapsedTime(began);
        Task<Answer[]> waiting = Task.WhenAll(sessions.Select(session => session.Check(frontEnd)));
        await Task.Delay(TimeSpan.FromSeconds(5));
        await frontEnd.Resume();
        Answer[] answers = await waiting;

        output.WriteLine(
            $"{sessions.Length} revocations with a suspended front end: all answered after {all.TotalSeconds:F1} s, the slowest after {waits.Max().TotalSeconds:F1} s"
        );
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(sessions, session => Assert.Null(session.History.Violation()));
        // One lease for all of them, not one for each.
        Assert.InRange(all, TimeSpan.Zero, s_lease * 10);
    }

    [Fact(
        DisplayName = "S-20 History of checks, refreshes and revocations is linearizable under faults"
    )]
    public async Task History_of_checks_refreshes_and_revocations_is_linearizable_under_faults()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        ClusterNode faulty = cluster.Nodes[1];
        LeasedSession[] sessions = await SignIn(cluster, 300);
        await Copy(sessions, cluster.Nodes);
        using CancellationTokenSource stopping = new();
        Task[] checkers =
        [
            .. Enumerable.Range(0, 12).Select(_ => Task.Run(() => CheckRepeatedly(stopping.Token))),
        ];
        Task revoking = Task.Run(() => RevokeOneAfterAnother(stopping.Token));

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
        await Task.Delay(TimeSpan.FromSeconds(15));
        await stopping.CancelAsync();
        await Task.WhenAll([.. checkers, revoking]);

        string[] violations =
        [
            .. sessions.Select(session => session.History.Violation()).OfType<string>(),
        ];
        Assert.Empty(violations);

        async Task CheckRepeatedly(CancellationToken cancelled)
        {
            while (!cancelled.IsCancellationRequested)
            {
                LeasedSession session = sessions[Random.Shared.Next(sessions.Length)];
                ClusterNode node = cluster.Nodes[Random.Shared.Next(cluster.Nodes.Count)];
                await session.Check(node);
                await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            }
        }

        async Task RevokeOneAfterAnother(CancellationToken cancelled)
        {
            List<Task> checks = [];
            foreach (LeasedSession session in sessions)
            {
                if (cancelled.IsCancellationRequested)
                    break;
                await session.TryRevoke(cluster.Nodes[0]);
                // Those at a suspended node wait in its sockets.
                checks.AddRange(cluster.Nodes.Select(session.Check));
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
            await Task.WhenAll(checks);
        }
    }

    private static async Task<LeasedSession[]> SignIn(RunningCluster cluster, int count)
    {
        LoadResults results = new();
        await using Load load = new(cluster, results);
        await load.Prepare(People, count / People);
        Assert.Empty(results.Violations);
        return [.. load.Devices.All().Select(device => new LeasedSession(device))];
    }

    // The first check at a node may find that it has no lease yet; each later one leaves a copy.
    private static async Task Copy(LeasedSession[] sessions, IEnumerable<ClusterNode> nodes)
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (ClusterNode node in nodes)
            {
                await Parallel.ForEachAsync(
                    sessions,
                    new ParallelOptions { MaxDegreeOfParallelism = 16 },
                    async (session, _) =>
                        Assert.NotEqual(
                            HttpStatusCode.Unauthorized,
                            (await session.Check(node)).Status
                        )
                );
            }
        }
    }
}
