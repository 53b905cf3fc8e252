using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using SessionAuth.Cluster.Tests.Running;
using Xunit.Abstractions;

namespace SessionAuth.Cluster.Tests;

/// <summary>Keys for applications are added and removed by commands, while three nodes run.</summary>
public sealed class KeysTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Key_is_published_by_every_node_without_a_restart_and_removed_from_every_node()
    {
        await using RunningCluster cluster = await Start();
        string first = Assert.Single(await PublishedByAll(cluster));

        string second = await Add(cluster.Nodes[0], "00:00:00");
        await Eventually.Holds(async () =>
            (await PublishedByAll(cluster)).SequenceEqual([second, first])
        );

        await Remove(cluster.Nodes[1], first);
        Assert.Equal([second], await PublishedByAll(cluster));
    }

    [Fact]
    public async Task Removed_key_is_not_used_by_a_node_that_was_suspended_meanwhile()
    {
        await using RunningCluster cluster = await Start();
        ClusterNode suspended = cluster.Nodes[2];
        string first = Assert.Single(await PublishedByAll(cluster));
        using Device browser = await Registered(cluster);
        Tokens old = await TestApplication.SignIn(browser, cluster.Nodes[0], suspended);
        string second = await Add(cluster.Nodes[0], "00:00:00");
        await Eventually.Holds(async () =>
            (await PublishedByAll(cluster)).SequenceEqual([second, first])
        );

        await suspended.Pause();
        await Remove(cluster.Nodes[0], first);
        Task<(HttpStatusCode Status, Tokens?)> waiting = TestApplication.Refresh(suspended, old);
        await suspended.Resume();

        try
        {
            Assert.NotEqual(HttpStatusCode.OK, (await waiting).Status);
        }
        catch (HttpRequestException)
        {
            // The others may have declared it dead.
        }
        await Eventually.Holds(async () =>
            !suspended.IsRunning || await HasOnly(suspended, second)
        );
    }

    [Fact]
    public async Task Tokens_are_good_on_every_node_before_during_and_after_a_rotation_under_load()
    {
        await using RunningCluster cluster = await Start();
        string first = Assert.Single(await PublishedByAll(cluster));
        using Device witness = await Registered(cluster);
        Tokens old = await SignIn(cluster, witness);
        ConcurrentQueue<string> wrong = [];
        using CancellationTokenSource stop = new();
        Task<int>[] load =
        [
            .. Enumerable.Range(0, 6).Select(_ => RefreshUntil(cluster, wrong, stop.Token)),
        ];

        string second = await Add(cluster.Nodes[0], "00:00:05");
        await Eventually.Holds(async () =>
            (await PublishedByAll(cluster)) is [var signing, var other]
            && signing == first
            && other == second
        );
        Tokens during = await SignIn(cluster, witness);
        await Eventually.Holds(async () =>
        {
            using Device other = await Registered(cluster);
            Tokens made = await SignIn(cluster, other);
            return made.AccessToken.Split('.')[0] != old.AccessToken.Split('.')[0];
        });
        foreach (ClusterNode node in cluster.Nodes)
        {
            Assert.True(await TestApplication.Verifies(node, old));
            Assert.True(await TestApplication.Verifies(node, during));
        }

        Tokens @new = await SignIn(cluster, witness);
        // By now, each application has tokens by the new key.
        await Remove(cluster.Nodes[1], first);
        await stop.CancelAsync();
        int[] refreshed = await Task.WhenAll(load);

        Assert.Empty(wrong);
        Assert.All(refreshed, count => Assert.True(count > 0));
        output.WriteLine($"{refreshed.Sum().ToString(CultureInfo.InvariantCulture)} refreshes");
        foreach (ClusterNode node in cluster.Nodes)
        {
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await TestApplication.Refresh(node, old)).Status
            );
            Assert.False(await TestApplication.Verifies(node, old));
            (HttpStatusCode status, Tokens? next) = await TestApplication.Refresh(node, @new);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(await TestApplication.Verifies(node, next!));
            @new = next!;
        }
    }

    private async Task<RunningCluster> Start()
    {
        await File.WriteAllTextAsync(_file, TestApplication.File);
        return await RunningCluster.Start(
            settings: new Dictionary<string, string> { ["APPS_FILE"] = _file }
        );
    }

    // Refreshes at one node, and verifies by the keys of another.
    // False, too, when the node ends just now.
    private static async Task<bool> HasOnly(ClusterNode node, string key)
    {
        try
        {
            return await TestApplication.KeyIds(node) is [var only] && only == key;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<int> RefreshUntil(
        RunningCluster cluster,
        ConcurrentQueue<string> wrong,
        CancellationToken stop
    )
    {
        using Device browser = await Registered(cluster);
        Tokens tokens = await SignIn(cluster, browser);
        int count = 0;
        while (!stop.IsCancellationRequested)
        {
            (HttpStatusCode status, Tokens? next) = await TestApplication.Refresh(
                AnyOf(cluster),
                tokens
            );
            if (status != HttpStatusCode.OK)
            {
                wrong.Enqueue($"A refresh was answered {status}");
                continue;
            }

            tokens = next!;
            if (await TestApplication.Verifies(AnyOf(cluster), tokens) != true)
                wrong.Enqueue("A token was not verified");
            count++;
        }

        return count;
    }

    private static async Task<Device> Registered(RunningCluster cluster)
    {
        Device browser = new($"{Guid.NewGuid():N}@example.org");
        Assert.Equal(HttpStatusCode.Created, (await browser.Register(AnyOf(cluster))).Status);
        return browser;
    }

    private static Task<Tokens> SignIn(RunningCluster cluster, Device browser) =>
        TestApplication.SignIn(browser, AnyOf(cluster), AnyOf(cluster));

    private static ClusterNode AnyOf(RunningCluster cluster) =>
        cluster.Nodes[Random.Shared.Next(cluster.Nodes.Count)];

    private static async Task<string> Add(ClusterNode beside, string signsAfter)
    {
        (int exitCode, string output) = await beside.RunCommand(
            "keys",
            "add",
            "--signs-after",
            signsAfter
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
        string[]?[] published = await Task.WhenAll(cluster.Nodes.Select(TestApplication.KeyIds));
        return published.All(ids => ids?.SequenceEqual(published[0] ?? []) == true)
            ? published[0]!
            : [];
    }
}
