using System.Net;
using System.Text.Json.Nodes;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Keys for applications are added and removed by commands, while three nodes run.</summary>
public sealed class KeysTests
{
    [Fact]
    public async Task Key_is_published_by_every_node_without_a_restart_and_removed_from_every_node()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        string first = Assert.Single(await PublishedByAll(cluster));

        string second = await Add(cluster.Nodes[0]);
        await Eventually.Holds(async () =>
            (await PublishedByAll(cluster)).SequenceEqual([second, first])
        );

        await Remove(cluster.Nodes[1], first);
        Assert.Equal([second], await PublishedByAll(cluster));
    }

    [Fact]
    public async Task Removed_key_is_not_used_by_a_node_that_was_suspended_meanwhile()
    {
        await using RunningCluster cluster = await RunningCluster.Start();
        ClusterNode suspended = cluster.Nodes[2];
        string first = Assert.Single(await PublishedByAll(cluster));
        string second = await Add(cluster.Nodes[0]);
        await Eventually.Holds(async () =>
            (await PublishedByAll(cluster)).SequenceEqual([second, first])
        );

        await suspended.Pause();
        await Remove(cluster.Nodes[0], first);
        await suspended.Resume();

        if (await Published(suspended) is { } published)
            Assert.Equal([second], published);
        await Eventually.Holds(async () =>
            !suspended.IsRunning || await Published(suspended) is [var only] && only == second
        );
    }

    private static async Task<string> Add(ClusterNode beside)
    {
        (int exitCode, string output) = await beside.RunCommand(
            "keys",
            "add",
            "--signs-after",
            "00:00:00"
        );
        Assert.True(exitCode == 0, output);
        return output.Split(' ')[Array.IndexOf(output.Split(' '), "Key") + 1];
    }

    private static async Task Remove(ClusterNode beside, string id)
    {
        (int exitCode, string output) = await beside.RunCommand("keys", "remove", id);
        Assert.True(exitCode == 0, output);
    }

    // All nodes publish the same, or nothing.
    private static async Task<string[]> PublishedByAll(RunningCluster cluster)
    {
        string[]?[] published = await Task.WhenAll(cluster.Nodes.Select(Published));
        return published.Skip(1).All(other => other?.SequenceEqual(published[0] ?? []) == true)
            ? published[0]!
            : [];
    }

    // Null when the node may not say.
    private static async Task<string[]?> Published(ClusterNode node)
    {
        using HttpResponseMessage answer = await node.Http.GetAsync("/.well-known/jwks.json");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            return null;

        JsonNode keys = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return [.. keys["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];
    }
}
