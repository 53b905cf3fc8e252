using System.Net;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Sessions of which front ends have copies.</summary>
public static class LeasedSessions
{
    /// <summary>Signs users in.</summary>
    public static async Task<LeasedSession[]> SignIn(
        RunningCluster cluster,
        int people,
        int sessionsEach
    )
    {
        LoadResults results = new();
        await using Load load = new(cluster, results);
        await load.Prepare(people, sessionsEach);
        Assert.Empty(results.Violations);
        return [.. load.Devices.All().Select(device => new LeasedSession(device))];
    }

    /// <summary>Lets front ends take copies.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="nodes">The front ends.</param>
    /// <param name="rounds">
    /// Two, because the first check may find that there is no lease yet; one where there are leases.
    /// </param>
    public static async Task Copy(
        this IReadOnlyCollection<LeasedSession> sessions,
        IEnumerable<ClusterNode> nodes,
        int rounds = 2
    )
    {
        for (int round = 0; round < rounds; round++)
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

    /// <summary>Fails unless the history of each session is linearizable.</summary>
    public static void AssertLinearizable(this IEnumerable<LeasedSession> sessions) =>
        Assert.Empty(sessions.Select(session => session.History.Violation()).OfType<string>());
}
