using System.Globalization;
using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Nodes that answer checks from copies, under leases.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class LeaseTests(SharedCluster shared, ITestOutputHelper output)
{
    private const int People = 20;

    [Fact(
        DisplayName = "S-20 Session with copies on three nodes is refused by each of them once its revocation was answered"
    )]
    public async Task Session_with_copies_on_three_nodes_is_refused_by_each_of_them_once_its_revocation_was_answered()
    {
        List<TimeSpan> medians = [await MedianOfRevocations(shared.Cluster)];
        if (TestSize.IsLong)
        {
            await using RunningCluster withoutLeases = await RunningCluster.Start(
                settings: new Dictionary<string, string> { ["CHECK_LEASES"] = "off" }
            );
            medians.Add(await MedianOfRevocations(withoutLeases));
        }

        output.WriteLine(
            "at the median a revocation was answered after "
                + string.Join(
                    " ms, without leases after ",
                    medians.Select(median =>
                        median.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)
                    )
                )
                + " ms"
        );
    }

    private static async Task<TimeSpan> MedianOfRevocations(RunningCluster cluster)
    {
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
            Assert.All(after, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        }

        sessions.AssertLinearizable();
        return answers.Order().ElementAt(answers.Count / 2);
    }
}
