using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Three nodes are one: what is done at one holds at the others.</summary>
public sealed class LoopTests(ITestOutputHelper output)
{
    private static readonly int s_sessions = Form.Sessions;
    private const int People = 20;

    [Fact]
    public async Task What_is_done_at_one_node_holds_at_the_others()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        using Device ada = new($"{Guid.NewGuid():N}@example.org");

        Assert.Equal(HttpStatusCode.Created, (await ada.Register(cluster.Nodes[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await ada.Check(cluster.Nodes[1])).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ada.SignOut(cluster.Nodes[2])).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Check(cluster.Nodes[0])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Check(cluster.Nodes[1])).Status);
    }

    [Fact(
        DisplayName = "S-20 Of many sessions none is accepted after its revocation was answered, and none is refused before"
    )]
    public async Task Revocation_is_instant_on_every_node()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        Ledger ledger = new();
        await using Load load = new(cluster, ledger);
        await load.Prepare(People, s_sessions / People);

        await Parallel.ForEachAsync(
            load.Devices.All(),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (device, _) =>
            {
                await load.Check(device, cluster.Any());
                await load.Check(device, cluster.Any());
                // Others go on asking while it is revoked.
                Task asking = Task.WhenAll(cluster.Nodes.Select(node => device.Check(node)));
                await load.SignOut(device, cluster.Any());
                await asking;
                await load.Check(device, cluster.Any());
            }
        );

        output.WriteLine(ledger.Summary);
        Assert.Empty(ledger.Violations);
        Assert.Empty(ledger.FailuresSince(0, cluster.Nodes));
        Assert.Equal(s_sessions, ledger.Count("signed out"));
        Assert.True(ledger.Count("refused") >= 4 * s_sessions);
    }
}
