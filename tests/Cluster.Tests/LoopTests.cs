using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Changes at one of three nodes hold at the others.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class LoopTests(SharedCluster shared, ITestOutputHelper output)
{
    private static readonly int s_sessions = TestSize.Sessions;
    private const int People = 20;

    [Fact]
    public async Task Change_at_one_node_holds_at_the_others()
    {
        RunningCluster cluster = shared.Cluster;
        using Device ada = new($"{Guid.NewGuid():N}@example.org");

        Assert.Equal(HttpStatusCode.Created, (await ada.Register(cluster.Nodes[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.Check(cluster.Nodes[1])).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.SignOut(cluster.Nodes[2])).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Check(cluster.Nodes[0])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Check(cluster.Nodes[1])).Status);
    }

    [Fact(
        DisplayName = "S-20 Of many sessions none is accepted after its revocation was answered and none is refused before"
    )]
    public async Task Of_many_sessions_none_is_accepted_after_its_revocation_was_answered_and_none_is_refused_before()
    {
        RunningCluster cluster = shared.Cluster;
        LoadResults results = new();
        await using Load load = new(cluster, results);
        await load.Prepare(People, s_sessions / People);

        await Parallel.ForEachAsync(
            load.Devices.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (device, _) =>
            {
                await load.Check(device, cluster.Any());
                await load.Check(device, cluster.Any());
                // Checks continue while the session is revoked.
                Task asking = Task.WhenAll(cluster.Nodes.Select(node => device.Check(node)));
                await load.SignOut(device, cluster.Any());
                await asking;
                await load.Check(device, cluster.Any());
            }
        );

        output.WriteLine(results.Summary);
        Assert.Empty(results.Violations);
        Assert.Empty(results.FailuresSince(0, cluster.Nodes));
        Assert.Equal(s_sessions, results.Count("signed out"));
        Assert.True(results.Count("refused") >= 4 * s_sessions);
    }
}
