using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>What MongoDB refuses for good, what passes, and whether a failed write may have been applied.</summary>
[Collection(OnMongo.Name)]
public sealed class MongoRefusalTests(RunningMongo mongo)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conflict_with_another_unique_index_is_a_refusal_and_no_conflict_of_versions(
        bool replaces
    )
    {
        await using MongoStore store = await MongoStore.Open(mongo.Server.ConnectionString);
        await store
            .Collection()
            .Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(
                    new BsonDocument("_doc.Text", 1),
                    new CreateIndexOptions { Unique = true }
                )
            );
        await store.Write("ada", new() { Text = "one of a kind" });
        Held state = replaces ? await store.Write("bob", new() { Text = "another" }) : new(new());
        string? etag = state.ETag;
        state.State.Text = "one of a kind";

        StorageRefusedException refused = await Assert.ThrowsAsync<StorageRefusedException>(() =>
            store.Storage.WriteStateAsync("documents", Id("bob"), state)
        );

        Assert.Contains("unique index", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("one of a kind", refused.Message, StringComparison.Ordinal);
        Assert.Equal(etag, state.ETag);
        Assert.Equal(replaces ? "another" : "", (await store.Read("bob")).State.Text);
    }

    [Fact]
    public async Task A_conflict_of_versions_is_one_also_where_there_is_another_unique_index()
    {
        await using MongoStore store = await MongoStore.Open(mongo.Server.ConnectionString);
        await store
            .Collection()
            .Indexes.CreateOneAsync(
                new CreateIndexModel<BsonDocument>(
                    new BsonDocument("_doc.Text", 1),
                    new CreateIndexOptions { Unique = true }
                )
            );
        await store.Write("ada", new() { Text = "first" });

        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            store.Write("ada", new() { Text = "second" })
        );
        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            store.Write("ada", new() { Text = "first" })
        );
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task A_write_whose_answer_is_lost_is_of_unknown_outcome(string command)
    {
        await using BrokenConnections way = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(way));
        Held state =
            command == "insert"
                ? new(new() { Text = "before" })
                : await store.Write("ada", new() { Text = "before" });
        await store.Read("ada");
        state.State.Text = "after";

        way.LoseTheAnswerTo(command);
        StorageUnavailableException failed = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                Change(store, command, state)
        );

        Assert.True(failed.OutcomeUnknown);
        way.Mend();
        Held stored = await Eventually(() => store.Read("ada"));
        Assert.Equal(command != "delete", stored.RecordExists);
        if (stored.RecordExists)
            Assert.Equal("after", stored.State.Text);
        // It was applied, so that the same conditional write finds another version than the one that it replaces.
        await Assert.ThrowsAsync<InconsistentStateException>(() => Change(store, command, state));
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task A_write_that_reaches_no_server_has_certainly_not_been_applied(string command)
    {
        await using BrokenConnections way = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(way));
        Held state = await store.Write("ada", new() { Text = "before" });
        way.LoseTheAnswerTo("find");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.Read("ada"));
        if (command == "insert")
            state.ETag = null;

        StorageUnavailableException failed = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                Change(store, command, state)
        );

        Assert.False(failed.OutcomeUnknown);
    }

    [Fact]
    public async Task A_read_that_fails_leaves_no_doubt()
    {
        await using BrokenConnections way = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(way));
        way.LoseTheAnswerTo("find");

        StorageUnavailableException failed = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                store.Read("ada")
        );

        Assert.False(failed.OutcomeUnknown);
    }

    private static GrainId Id(string key) => GrainId.Create("document", key);

    private static Task Change(MongoStore store, string command, Held state) =>
        command == "delete"
            ? store.Storage.ClearStateAsync("documents", Id("ada"), state)
            : store.Storage.WriteStateAsync("documents", Id("ada"), state);

    private static int Port(string url) => new MongoUrl(url).Server.Port;

    private string Through(BrokenConnections way)
    {
        MongoUrlBuilder url = new(mongo.Server.ConnectionString)
        {
            Server = new MongoServerAddress("127.0.0.1", way.Port),
            ServerSelectionTimeout = TimeSpan.FromSeconds(2),
            DirectConnection = true,
        };
        return url.ToString();
    }

    private static async Task<T> Eventually<T>(Func<Task<T>> call)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StorageUnavailableException) when (!patience.IsCancellationRequested)
            {
                // Not yet.
            }
        }
    }
}
