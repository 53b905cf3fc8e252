namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class OutageTests : IDisposable
{
    private const long MiB = 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Full_disk_refuses_writes_keeps_its_data_and_recovers_on_its_own()
    {
        // Where mounting is not allowed, the test of the full file below covers nearly the same.
        using SmallDisk? disk = SmallDisk.TryMount(8 * MiB);
        if (disk is null)
            return;
        await using SqliteStore store = await SqliteStore.OpenAsync(disk.Data);
        DocumentState kept = await store.WriteAsync("kept", new() { Text = "before" });

        disk.Fill();
        List<string> written = await WriteUntilRefusedAsync(store, "full");
        kept.State.Text = "refused";
        await AssertUnavailableAsync(
            store.Storage.WriteStateAsync("documents", GrainId.Create("document", "kept"), kept)
        );
        Assert.False(await store.Probe.CanWriteAsync(CancellationToken.None));
        Assert.Equal("before", (await store.ReadAsync("kept")).State.Text);
        foreach (string key in written)
            Assert.True((await store.ReadAsync(key)).RecordExists);

        disk.Empty();
        Assert.True(await store.Probe.CanWriteAsync(CancellationToken.None));
        await store.Storage.WriteStateAsync("documents", GrainId.Create("document", "kept"), kept);
        foreach (string key in written)
            Assert.True((await store.ReadAsync(key)).RecordExists);
        await store.StopAsync();
        Assert.Equal("ok", store.Query("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Full_file_refuses_to_grow_and_accepts_writes_after_a_delete()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            _directory.Data,
            options => options.MaxFileBytes = 2 * MiB
        );
        DocumentState kept = await store.WriteAsync("kept", new() { Text = Text(500_000) });

        List<string> written = await WriteUntilRefusedAsync(store, "full");
        foreach (string key in written)
            Assert.True((await store.ReadAsync(key)).RecordExists);

        GrainId id = GrainId.Create("document", "kept");
        await store.Storage.ClearStateAsync("documents", id, kept);
        await store.WriteAsync("again", new() { Text = Text(100_000) });
    }

    [Fact]
    public async Task Write_that_does_not_fit_does_not_fail_others_in_its_group()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            _directory.Data,
            options => options.MaxFileBytes = 2 * MiB
        );

        Task large;
        Task[] small;
        using (LockedFile.Of(store.File))
        {
            small = [.. Enumerable.Range(0, 20).Select(n => store.WriteAsync($"{n}", new()))];
            large = store.WriteAsync("large", new() { Text = Text(4_000_000) });
            small =
            [
                .. small,
                .. Enumerable.Range(20, 20).Select(n => store.WriteAsync($"{n}", new())),
            ];
        }

        await AssertUnavailableAsync(large);
        await Task.WhenAll(small);
        Assert.Equal("40", store.Query("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task Document_over_the_limit_is_refused()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(
            _directory.Data,
            options => options.MaxDocumentBytes = 10_000
        );

        await store.WriteAsync("fits", new() { Text = Text(9_000) });
        OrleansException refusal = await Assert.ThrowsAsync<StorageRefusedException>(() =>
            store.WriteAsync("large", new() { Text = Text(10_001) })
        );

        Assert.Contains("MaxDocumentBytes", refusal.Message, StringComparison.Ordinal);
        Assert.False((await store.ReadAsync("large")).RecordExists);
    }

    [Fact]
    public async Task Locked_file_refuses_writes_answers_reads_and_recovers_on_its_own()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("kept", new() { Text = "kept" });

        using (LockedFile.Of(store.File))
        {
            Task refused = store.WriteAsync("refused", new());
            Assert.Equal("kept", (await store.ReadAsync("kept")).State.Text);
            await AssertUnavailableAsync(refused);
        }

        await store.WriteAsync("taken", new());
    }

    [Fact]
    public async Task Cancelled_probe_returns_at_once()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        Assert.True(await store.Probe.CanWriteAsync(CancellationToken.None));
        using CancellationTokenSource patience = new();

        using (LockedFile.Of(store.File))
        {
            Task<bool> probe = store.Probe.CanWriteAsync(patience.Token);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        }
    }

    [Fact]
    public async Task Write_that_is_cancelled_while_it_waits_is_not_stored()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        using CancellationTokenSource cancel = new();
        DocumentState held = new(new() { Text = "never" });

        Task[] before;
        using (LockedFile.Of(store.File))
        {
            // More than a group, so that the last one can only be queued.
            before = [.. Enumerable.Range(0, 600).Select(n => store.WriteAsync($"{n}", new()))];
            Task last = store.Storage.WriteStateAsync(
                "documents",
                GrainId.Create("document", "last"),
                held,
                cancel.Token
            );
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
        }
        await Task.WhenAll(before);
        await store.StopAsync();

        Assert.Null(held.ETag);
        Assert.Equal("600", store.Query("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task File_that_is_not_a_database_is_refused_by_name()
    {
        Directory.CreateDirectory(_directory.Data);
        string file = Path.Combine(_directory.Data, "sessionauth.db");
        await File.WriteAllTextAsync(file, Text(10_000));

        StorageUnavailableException refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                SqliteStore.OpenAsync(_directory.Data)
        );

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreadable_document_is_not_treated_as_absent()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("ada", new());
        store.Query("""UPDATE documents SET doc = '{"Number":"secret"}'""");
        Document before = new();
        DocumentState held = new(before);

        StorageUnavailableException refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () =>
                store.Storage.ReadStateAsync("documents", GrainId.Create("document", "ada"), held)
        );

        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.Same(before, held.State);
    }

    public void Dispose() => _directory.Dispose();

    private static string Text(int length) => new('x', length);

    private static async Task<List<string>> WriteUntilRefusedAsync(SqliteStore store, string prefix)
    {
        List<string> written = [];
        try
        {
            for (int n = 0; n < 100; n++)
            {
                await store.WriteAsync($"{prefix}-{n}", new() { Text = Text(200_000) });
                written.Add($"{prefix}-{n}");
            }
        }
        catch (StorageUnavailableException)
        {
            return written;
        }
        throw new InvalidOperationException("Twenty megabytes were stored without a refusal.");
    }

    private static async Task AssertUnavailableAsync(Task write) =>
        await Assert.ThrowsAsync<StorageUnavailableException>(() => write);
}
