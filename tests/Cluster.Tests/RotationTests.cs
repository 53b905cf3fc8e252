using System.Net;
using MongoDB.Bson;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Refreshes of one session at several nodes.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class RotationTests(SharedCluster shared)
{
    [Fact(
        DisplayName = "S-16 Fifty parallel refreshes of one token at three nodes make one successor"
    )]
    public async Task Fifty_parallel_refreshes_of_one_token_at_three_nodes_make_one_successor()
    {
        RunningCluster cluster = shared.Cluster;
        using Device device = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await device.Register(cluster.Any())).Status);

        Answer[] answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(n => device.Copy().Refresh(cluster.Nodes[n % 3]))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        BsonDocument session = await cluster.Stored(
            "sessions",
            await device.SessionId(cluster.Any())
        );
        Assert.Equal(2, session["_doc"]["Rotation"]["Generation"].ToInt32());
    }
}
