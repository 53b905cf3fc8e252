using System.Net;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests.Faults;

/// <summary>When the grains of a dead silo are taken over.</summary>
[Collection(FaultTests.Name)]
public sealed class HoldTests(FaultFixture fixture, ITestOutputHelper output)
{
    private static readonly TimeSpan s_fence = TimeSpan.FromSeconds(3);

    [Fact(
        DisplayName = "S-20 Sessions of a dead silo are not taken over before its fence has closed"
    )]
    public async Task Sessions_of_a_dead_silo_are_not_taken_over_before_its_fence_has_closed()
    {
        await using BorrowedCluster borrowed = await fixture.Borrow();
        RunningCluster cluster = borrowed.Cluster;
        await using Load load = new(cluster, new());
        await load.Prepare(people: 5, sessionsEach: 12);
        ClusterNode faultyNode = cluster.Nodes[1];
        Device[] devices = [.. load.Devices.All()];
        Device[] held = [.. (await devices.OnSilo(cluster, faultyNode)).Take(20)];

        await faultyNode.Kill();
        DateTime killed = DateTime.UtcNow;
        // Until the leases of the dead silo have passed, the others answer from copies.
        await Task.Delay(s_fence);
        (Answer Answer, DateTime At)[] answers = await Task.WhenAll(
            held.Select(async device => (await device.Check(cluster.Nodes[0]), DateTime.UtcNow))
        );

        DateTime declared = await DeclaredDead(cluster, faultyNode);
        output.WriteLine(
            $"declared dead {(declared - killed).TotalSeconds:F1} s after the kill; {held.Length} of its sessions answered "
                + $"{(answers.Min(answer => answer.At) - killed).TotalSeconds:F1} to "
                + $"{(answers.Max(answer => answer.At) - killed).TotalSeconds:F1} s after it"
        );
        foreach (string why in cluster.Refusals())
            output.WriteLine(why);
        Assert.NotEmpty(held);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Answer.Status));
        Assert.All(answers, answer => Assert.True(answer.At >= declared + s_fence));
        borrowed.Passed();
    }

    private static async Task<DateTime> DeclaredDead(RunningCluster cluster, ClusterNode node)
    {
        BsonDocument table = await cluster
            .Database.GetCollection<BsonDocument>("membership")
            .Find(FilterDefinition<BsonDocument>.Empty)
            .SingleAsync();
        // Its earlier runs are there, too.
        BsonDocument dead = table["Members"]
            .AsBsonDocument.Values.Select(member => member.AsBsonDocument)
            .Where(member =>
                member["Address"].AsString.Contains(node.SiloEndpoint, StringComparison.Ordinal)
            )
            .MaxBy(member => member["StartTime"].ToUniversalTime())!;
        Assert.Equal("Dead", dead["Status"].AsString);
        return dead["Suspects"].AsBsonArray.Max(suspect => suspect["Time"].ToUniversalTime());
    }
}
