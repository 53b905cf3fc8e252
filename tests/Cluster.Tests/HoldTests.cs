using System.Globalization;
using System.Net;
using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>When the grains of a silo that died are taken over.</summary>
public sealed class HoldTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_fence = TimeSpan.FromSeconds(3);

    [Fact(
        DisplayName = "S-20 Nobody takes the sessions of a dead silo over before its fence has closed for certain"
    )]
    public async Task Nobody_takes_over_before_the_fence_has_closed()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        await using Load load = new(cluster, new());
        await load.Prepare(people: 5, sessionsEach: 12);
        ClusterNode victim = cluster.Nodes[1];
        int siloPort = victim.Port + 10_000;
        Device[] devices = [.. load.Devices.All()];
        Device[] held = [.. (await devices.OnSilo(cluster, siloPort)).Take(20)];

        await victim.Kill();
        DateTime killed = DateTime.UtcNow;
        (Answer Answer, DateTime At)[] answers = await Task.WhenAll(
            held.Select(async device => (await device.Check(cluster.Nodes[0]), DateTime.UtcNow))
        );

        DateTime declared = await DeclaredDead(cluster, siloPort);
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
    }

    private static async Task<DateTime> DeclaredDead(RunningCluster cluster, int siloPort)
    {
        BsonDocument table = await cluster
            .Database.GetCollection<BsonDocument>("membership")
            .Find(FilterDefinition<BsonDocument>.Empty)
            .SingleAsync();
        BsonDocument dead = table["Members"]
            .AsBsonDocument.Values.Select(member => member.AsBsonDocument)
            .Single(member =>
                member["Address"]
                    .AsString.Contains(
                        siloPort.ToString(CultureInfo.InvariantCulture),
                        StringComparison.Ordinal
                    )
            );
        Assert.Equal("Dead", dead["Status"].AsString);
        return dead["Suspects"].AsBsonArray.Max(suspect => suspect["Time"].ToUniversalTime());
    }
}
