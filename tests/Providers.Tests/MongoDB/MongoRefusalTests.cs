using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>What MongoDB refuses permanently or temporarily, and whether a failed write may be stored.</summary>
[Collection(MongoSuite.Name)]
public sealed class MongoRefusalTests(RunningMongo mongo)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conflict_with_another_unique_index_is_a_refusal_and_not_a_version_conflict(
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
        DocumentState state = replaces
            ? await store.Write("bob", new() { Text = "another" })
            : new(new());
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
    public async Task Version_conflict_is_recognised_beside_another_unique_index()
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
    public async Task Write_whose_answer_is_lost_has_an_unknown_outcome(string command)
    {
        await using BrokenProxy proxy = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(proxy));
        DocumentState state =
            command == "insert"
                ? new(new() { Text = "before" })
                : await store.Write("ada", new() { Text = "before" });
        await store.Read("ada");
        state.State.Text = "after";

        proxy.LoseAnswerTo(command);
        StorageUnavailableException failed = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                Change(store, command, state)
        );

        Assert.True(failed.OutcomeUnknown);
        proxy.Repair();
        DocumentState stored = null!;
        await Eventually.Succeeds<StorageUnavailableException>(async () =>
            stored = await store.Read("ada")
        );
        Assert.Equal(command != "delete", stored.RecordExists);
        if (stored.RecordExists)
            Assert.Equal("after", stored.State.Text);
        // It was stored, so the same conditional write finds another version than the one that it replaces.
        await Assert.ThrowsAsync<InconsistentStateException>(() => Change(store, command, state));
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task Write_that_reaches_no_server_is_certainly_not_stored(string command)
    {
        await using BrokenProxy proxy = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(proxy));
        DocumentState state = await store.Write("ada", new() { Text = "before" });
        proxy.LoseAnswerTo("find");
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
    public async Task Failed_read_has_no_unknown_outcome()
    {
        await using BrokenProxy proxy = new(Port(mongo.Server.ConnectionString));
        await using MongoStore store = await MongoStore.Open(Through(proxy));
        proxy.LoseAnswerTo("find");

        StorageUnavailableException failed = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                store.Read("ada")
        );

        Assert.False(failed.OutcomeUnknown);
    }

    private static GrainId Id(string key) => GrainId.Create("document", key);

    private static Task Change(MongoStore store, string command, DocumentState state) =>
        command == "delete"
            ? store.Storage.ClearStateAsync("documents", Id("ada"), state)
            : store.Storage.WriteStateAsync("documents", Id("ada"), state);

    private static int Port(string url) => new MongoUrl(url).Server.Port;

    private string Through(BrokenProxy proxy)
    {
        MongoUrlBuilder url = new(mongo.Server.ConnectionString)
        {
            Server = new MongoServerAddress("127.0.0.1", proxy.Port),
            ServerSelectionTimeout = TimeSpan.FromSeconds(2),
            DirectConnection = true,
        };
        return url.ToString();
    }
}
