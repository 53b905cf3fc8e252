using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.MongoServer;

namespace SessionAuth.Providers.Tests.MongoDB;

/// <summary>A database that goes away, and documents that are not as they should be.</summary>
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
    public async Task A_call_that_storage_cannot_answer_leaves_memory_as_it_was()
    {
        Held state = await _store.Write("ada", new() { Text = "before" });
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
    public async Task Everything_goes_on_when_the_database_is_back()
    {
        Held state = await _store.Write("ada", new() { Text = "before" });
        await _mongo.Kill();
        await _mongo.StartAgain();

        state.State.Text = "after";
        await Eventually(async () =>
        {
            await Write(state);
            return true;
        });

        Assert.Equal("after", (await _store.Read("ada")).State.Text);
        Assert.True(await _store.Probe.CanWriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_gives_up_waits_no_longer()
    {
        await _mongo.Stop();
        using CancellationTokenSource given = new(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _store.Storage.WriteStateAsync(
                "documents",
                GrainId.Create("document", "ada"),
                new Held(new()),
                given.Token
            )
        );
    }

    [Fact]
    public async Task A_document_over_the_limit_is_refused_before_it_is_sent()
    {
        Held state = new(new() { Text = new string('x', 17 * 1024 * 1024) });

        StorageRefusedException refused = await Assert.ThrowsAsync<StorageRefusedException>(() =>
            Write(state)
        );

        Assert.Contains("MaxDocumentBytes", refused.Message, StringComparison.Ordinal);
        Assert.Null(state.ETag);
        Assert.False((await _store.Read("ada")).RecordExists);
    }

    [Theory(
        DisplayName = "S-61 A document of another shape, or that names a type, is an error of storage"
    )]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Text: 'x', _t: 'System.Object' } }")]
    [InlineData(
        "{ _id: 'document/ada', _etag: '1', _doc: { Text: 'x', Items: [{ $type: 'System.Object' }] } }"
    )]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: { Text: { a: 1 } } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1', _doc: 'x' }")]
    [InlineData("{ _id: 'document/ada', _doc: { Text: 'x' } }")]
    [InlineData("{ _id: 'document/ada', _etag: '1' }")]
    public async Task A_document_of_another_shape_is_an_error_of_storage(string stored)
    {
        await _store.Collection().InsertOneAsync(BsonDocument.Parse(stored));
        Held state = new(new() { Text = "before" });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Read(state));

        Assert.Equal("before", state.State.Text);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task Times_are_dates_that_a_database_can_expire_by()
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

    private Task Write(Held state) => _store.Storage.WriteStateAsync("documents", Ada, state);

    private Task Read(Held state) => _store.Storage.ReadStateAsync("documents", Ada, state);

    private Task Clear(Held state) => _store.Storage.ClearStateAsync("documents", Ada, state);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                if (await holds())
                    return;
            }
            catch (StorageUnavailableException) when (!patience.IsCancellationRequested)
            {
                // Not yet.
            }
        }
    }
}
