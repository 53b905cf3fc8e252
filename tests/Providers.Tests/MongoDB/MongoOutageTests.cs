using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Storage;
using SessionAuth.MongoServer;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>A database that is unavailable, and malformed documents.</summary>
public sealed class MongoOutageTests : IAsyncLifetime
{
    private MongoProcess _mongo = null!;
    private MongoStore _store = null!;

    public async Task InitializeAsync()
    {
        _mongo = await MongoProcess.Start();
        _store = await MongoStore.Open(
            _mongo.ConnectionString,
            configure: options => options.OperationTimeout = TimeSpan.FromSeconds(2)
        );
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _mongo.DisposeAsync();
    }

    [Fact]
    public async Task Call_during_an_outage_leaves_memory_unchanged()
    {
        DocumentState state = await _store.Write("ada", new() { Text = "before" });
        string? etag = state.ETag;
        Document document = state.State;
        await _mongo.Stop();

        document.Text = "after";
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Write(state));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Clear(state));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Read(state));

        Assert.Equal(etag, state.ETag);
        Assert.Same(document, state.State);
        Assert.True(state.RecordExists);
        Assert.False(await _store.Probe.CanWriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Calls_succeed_when_the_database_is_back()
    {
        DocumentState state = await _store.Write("ada", new() { Text = "before" });
        await _mongo.Kill();
        await _mongo.StartAgain();

        state.State.Text = "after";
        await Eventually.Succeeds<StorageUnavailableException>(async () =>
        {
            try
            {
                await Write(state);
            }
            catch (InconsistentStateException)
            {
                // A write whose answer came too late for a busy machine has landed.
                await Read(state);
            }
        });

        Assert.Equal("after", (await _store.Read("ada")).State.Text);
        Assert.True(await _store.Probe.CanWriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_caller_waits_no_longer()
    {
        await _mongo.Stop();
        using CancellationTokenSource given = new(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _store.Storage.WriteStateAsync(
                "documents",
                GrainId.Create("document", "ada"),
                new DocumentState(new()),
                given.Token
            )
        );
    }

    [Fact]
    public async Task Document_over_the_limit_is_refused_before_it_is_sent()
    {
        DocumentState state = new(new() { Text = new string('x', 17 * 1024 * 1024) });

        StorageRefusedException refused = await Assert.ThrowsAsync<StorageRefusedException>(() =>
            Write(state)
        );

        Assert.Contains("MaxDocumentBytes", refused.Message, StringComparison.Ordinal);
        Assert.Null(state.ETag);
        Assert.False((await _store.Read("ada")).RecordExists);
    }

    [Theory(DisplayName = "S-61 Document that is malformed or names a type is a storage error")]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Text: 'x', _t: 'System.Object' } }")]
    [InlineData(
        "{ _id: 'document/ada', _etag: '1', _doc: { Text: 'x', Items: [{ $type: 'System.Object' }] } }"
    )]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Text: { a: 1 } } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: 'x' }")]
    [InlineData("{ _id: 'document/ada', _doc: { Text: 'x' } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1' }")]
    public async Task Document_that_is_malformed_or_names_a_type_is_a_storage_error(string stored)
    {
        await _store.Collection().InsertOneAsync(BsonDocument.Parse(stored));
        DocumentState state = new(new() { Text = "before" });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Read(state));

        Assert.Equal("before", state.State.Text);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task Times_are_stored_as_dates_by_which_a_database_can_expire_documents()
    {
        await _store.Write(
            "ada",
            new()
            {
                Text = "2030-01-02T03:04:05Z",
                Colour = Colour.Green,
                ExpiresAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            }
        );

        BsonDocument stored = await _store
            .Collection()
            .Find(new BsonDocument("_id", "document/ada"))
            .SingleAsync();

        BsonDocument document = stored["_doc"].AsBsonDocument;
        Assert.Equal(
            new DateTime(2030, 1, 2, 1, 4, 5, DateTimeKind.Utc),
            document["ExpiresAt"].ToUniversalTime()
        );
        Assert.Equal("2030-01-02T03:04:05Z", document["Text"].AsString);
        Assert.Equal("Green", document["Colour"].AsString);
        Assert.Equal(["_id", "_etag", "_doc"], stored.Names);
    }

    private static GrainId Ada => GrainId.Create("document", "ada");

    private Task Write(DocumentState state) =>
        _store.Storage.WriteStateAsync("documents", Ada, state);

    private Task Read(DocumentState state) =>
        _store.Storage.ReadStateAsync("documents", Ada, state);

    private Task Clear(DocumentState state) =>
        _store.Storage.ClearStateAsync("documents", Ada, state);
}
