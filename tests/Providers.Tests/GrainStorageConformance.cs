using Orleans.Storage;

namespace SessionAuth.Providers.Tests;

/// <summary>The rules for every grain storage. A provider subclasses it and opens a store.</summary>
public abstract class GrainStorageConformance : IAsyncLifetime
{
    private const string State = "documents";

    // Longer than the 255 bytes of a MongoDB namespace.
    private const string LongName =
        "a12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        + "b12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        + "c12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

    private IGrainStorage _storage = null!;

    /// <summary>Opens an empty store; called once for each test.</summary>
    protected abstract Task<IGrainStorage> OpenAsync();

    protected abstract Task CloseAsync();

    public async Task InitializeAsync() => _storage = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task Read_of_an_absent_document_gives_a_new_state()
    {
        DocumentState state = new(new Document { Text = "left over" })
        {
            ETag = "left over",
            RecordExists = true,
        };

        await _storage.ReadStateAsync(State, Id("absent"), state);

        Assert.Equal("", state.State.Text);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Inserted_document_is_read_back()
    {
        Document document = new()
        {
            Text = "ada",
            Number = 7,
            Colour = Colour.Green,
            ExpiresAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            Items = ["one", "two"],
        };

        DocumentState written = await InsertAsync("ada", document);
        DocumentState read = await ReadAsync("ada");

        Assert.True(written.RecordExists);
        Assert.NotNull(written.ETag);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equivalent(document, read.State, strict: true);
    }

    [Fact]
    public async Task Update_replaces_the_document_and_its_etag()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "before" });
        string? first = state.ETag;

        state.State = new() { Text = "after" };
        await _storage.WriteStateAsync(State, Id("ada"), state);

        DocumentState read = await ReadAsync("ada");
        Assert.Equal("after", read.State.Text);
        Assert.Equal(state.ETag, read.ETag);
        Assert.NotEqual(first, read.ETag);
    }

    [Fact]
    public async Task One_of_many_parallel_inserts_of_one_document_wins()
    {
        Task<bool>[] inserts =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(racer => WinsAsync(new(new Document { Number = racer }), "one")),
        ];
        bool[] succeeded = await Task.WhenAll(inserts);

        Assert.Single(succeeded, true);
        Assert.Equal(Array.IndexOf(succeeded, true), (await ReadAsync("one")).State.Number);
    }

    [Fact]
    public async Task One_of_a_thousand_parallel_updates_of_one_document_wins()
    {
        await InsertAsync("one", new() { Number = -1 });
        List<DocumentState> copies = [];
        for (int copy = 0; copy < 1000; copy++)
        {
            DocumentState state = await ReadAsync("one");
            state.State.Number = copy;
            copies.Add(state);
        }

        bool[] succeeded = await Task.WhenAll(copies.Select(copy => WinsAsync(copy, "one")));

        Assert.Single(succeeded, true);
        Assert.Equal(Array.IndexOf(succeeded, true), (await ReadAsync("one")).State.Number);
    }

    [Fact]
    public async Task Thousand_parallel_writers_of_different_documents_all_succeed()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(n => InsertAsync($"key-{n}", new() { Number = n }))
        );

        for (int n = 0; n < 1000; n++)
            Assert.Equal(n, (await ReadAsync($"key-{n}")).State.Number);
    }

    [Fact]
    public async Task Insert_over_an_existing_document_is_refused()
    {
        await InsertAsync("ada", new() { Text = "first" });

        await AssertRefusedAsync(
            new(new Document { Text = "second" }),
            state => _storage.WriteStateAsync(State, Id("ada"), state)
        );

        Assert.Equal("first", (await ReadAsync("ada")).State.Text);
    }

    [Fact]
    public async Task Update_with_a_stale_etag_is_refused()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        DocumentState stale = await ReadAsync("ada");
        state.State.Text = "second";
        await _storage.WriteStateAsync(State, Id("ada"), state);

        stale.State.Text = "third";
        await AssertRefusedAsync(stale, copy => _storage.WriteStateAsync(State, Id("ada"), copy));

        Assert.Equal("second", (await ReadAsync("ada")).State.Text);
    }

    [Fact]
    public async Task Update_of_a_deleted_document_is_refused_and_does_not_restore_it()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        DocumentState stale = await ReadAsync("ada");
        await _storage.ClearStateAsync(State, Id("ada"), state);

        await AssertRefusedAsync(stale, copy => _storage.WriteStateAsync(State, Id("ada"), copy));

        Assert.False((await ReadAsync("ada")).RecordExists);
    }

    [Fact]
    public async Task Etag_of_a_deleted_document_does_not_match_its_successor()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        DocumentState stale = await ReadAsync("ada");
        await _storage.ClearStateAsync(State, Id("ada"), state);
        await InsertAsync("ada", new() { Text = "second" });

        await AssertRefusedAsync(stale, copy => _storage.WriteStateAsync(State, Id("ada"), copy));
        await AssertRefusedAsync(stale, copy => _storage.ClearStateAsync(State, Id("ada"), copy));
    }

    [Fact]
    public async Task Clear_removes_the_document_and_resets_the_state()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        Document before = state.State;

        await _storage.ClearStateAsync(State, Id("ada"), state);

        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.NotSame(before, state.State);
        Assert.Equal("", state.State.Text);
        Assert.False((await ReadAsync("ada")).RecordExists);
    }

    [Fact]
    public async Task Cleared_document_can_be_inserted_again()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        await _storage.ClearStateAsync(State, Id("ada"), state);

        state.State.Text = "second";
        await _storage.WriteStateAsync(State, Id("ada"), state);

        Assert.Equal("second", (await ReadAsync("ada")).State.Text);
    }

    [Fact]
    public async Task Clear_with_a_stale_etag_is_refused()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        DocumentState stale = await ReadAsync("ada");
        state.State.Text = "second";
        await _storage.WriteStateAsync(State, Id("ada"), state);

        await AssertRefusedAsync(stale, copy => _storage.ClearStateAsync(State, Id("ada"), copy));

        Assert.Equal("second", (await ReadAsync("ada")).State.Text);
    }

    [Fact]
    public async Task Clear_of_a_deleted_document_is_refused()
    {
        DocumentState state = await InsertAsync("ada", new() { Text = "first" });
        DocumentState stale = await ReadAsync("ada");
        await _storage.ClearStateAsync(State, Id("ada"), state);

        await AssertRefusedAsync(stale, copy => _storage.ClearStateAsync(State, Id("ada"), copy));
    }

    [Fact]
    public async Task Clear_without_an_etag_of_an_existing_document_is_refused()
    {
        await InsertAsync("ada", new() { Text = "first" });

        await AssertRefusedAsync(
            new(new Document { Text = "never read" }),
            state => _storage.ClearStateAsync(State, Id("ada"), state)
        );

        Assert.Equal("first", (await ReadAsync("ada")).State.Text);
    }

    [Fact]
    public async Task Clear_without_an_etag_of_an_absent_document_resets_the_state()
    {
        DocumentState state = new(new Document { Text = "never written" });

        await _storage.ClearStateAsync(State, Id("absent"), state);

        Assert.Equal("", state.State.Text);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Two_states_with_the_same_key_are_two_documents()
    {
        DocumentState one = new(new Document { Text = "one" });
        DocumentState two = new(new Document { Text = "two" });
        await _storage.WriteStateAsync("users", Id("same"), one);
        await _storage.WriteStateAsync("sessions", Id("same"), two);

        await _storage.ClearStateAsync("users", Id("same"), one);

        DocumentState read = new(new Document());
        await _storage.ReadStateAsync("sessions", Id("same"), read);
        Assert.Equal("two", read.State.Text);
    }

    [Fact]
    public async Task Grains_of_two_types_with_one_state_name_and_key_are_two_documents()
    {
        GrainId other = GrainId.Create("other", "same");
        await InsertAsync("same", new() { Text = "one" });
        await _storage.WriteStateAsync(State, other, new DocumentState(new() { Text = "other" }));

        DocumentState read = new(new());
        await _storage.ReadStateAsync(State, other, read);

        Assert.Equal("other", read.State.Text);
        Assert.Equal("one", (await ReadAsync("same")).State.Text);
    }

    [Theory]
    [InlineData("'; DROP TABLE documents; --")]
    [InlineData("\" ? $id :id @id %s {0} [x] `")]
    [InlineData("$where.a.b/c\\d")]
    [InlineData("line\r\nbreak\ttab")]
    [InlineData("before\0after")]
    [InlineData("Grüße 漢字 🔑 \u202e right to left")]
    [InlineData(" leading and trailing ")]
    public async Task Any_text_is_kept_unchanged_in_keys_and_documents(string text)
    {
        await InsertAsync(text, new() { Text = text, Items = [text] });
        await InsertAsync(text + "x", new() { Text = "a neighbour" });

        Document read = (await ReadAsync(text)).State;

        Assert.Equal(text, read.Text);
        Assert.Equal([text], read.Items);
    }

    [Theory]
    [InlineData("Key", "key")]
    [InlineData("before\0after", "before")]
    [InlineData("e\u0301", "\u00e9")]
    public async Task Similar_keys_are_different_keys(string one, string other)
    {
        await InsertAsync(one, new() { Text = "one" });
        await InsertAsync(other, new() { Text = "other" });

        Assert.Equal("one", (await ReadAsync(one)).State.Text);
    }

    [Fact]
    public async Task Large_document_is_read_back()
    {
        string text = string.Concat(Enumerable.Repeat("0123456789abcdef", 256 * 1024));

        await InsertAsync("large", new() { Text = text });

        Assert.Equal(text, (await ReadAsync("large")).State.Text);
    }

    [Fact]
    public async Task Cancelled_write_is_not_stored()
    {
        DocumentState state = new(new Document { Text = "never" });
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _storage.WriteStateAsync(State, Id("ada"), state, cancelled)
        );

        Assert.Null(state.ETag);
        Assert.False((await ReadAsync("ada")).RecordExists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("$documents")]
    [InlineData("before\0after")]
    [InlineData("..")]
    [InlineData(LongName)]
    public async Task Unusable_state_name_is_refused_permanently(string name)
    {
        DocumentState state = new(new Document());

        await Assert.ThrowsAsync<StorageRefusedException>(() =>
            _storage.ReadStateAsync(name, Id("ada"), state)
        );
        await Assert.ThrowsAsync<StorageRefusedException>(() =>
            _storage.WriteStateAsync(name, Id("ada"), state)
        );

        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    private static GrainId Id(string key) => GrainId.Create("document", key);

    private async Task<DocumentState> InsertAsync(string key, Document document)
    {
        DocumentState state = new(document);
        await _storage.WriteStateAsync(State, Id(key), state);
        return state;
    }

    private async Task<DocumentState> ReadAsync(string key)
    {
        DocumentState state = new(new Document());
        await _storage.ReadStateAsync(State, Id(key), state);
        return state;
    }

    private async Task<bool> WinsAsync(DocumentState state, string key)
    {
        try
        {
            await _storage.WriteStateAsync(State, Id(key), state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task AssertRefusedAsync(
        DocumentState state,
        Func<DocumentState, Task> call
    )
    {
        Document document = state.State;
        string text = document.Text;
        string? etag = state.ETag;
        bool exists = state.RecordExists;

        await Assert.ThrowsAsync<InconsistentStateException>(() => call(state));

        Assert.Same(document, state.State);
        Assert.Equal(text, state.State.Text);
        Assert.Equal(etag, state.ETag);
        Assert.Equal(exists, state.RecordExists);
    }
}
