namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class ExpiryTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task What_expired_longer_ago_than_the_margin_is_deleted_and_nothing_else()
    {
        await using SqliteStore store = await OpenAsync();
        DateTimeOffset swept = store.Clock.GetUtcNow() + Interval;
        await InsertAsync(store, "just after the margin", swept - Margin - TimeSpan.FromSeconds(1));
        await InsertAsync(store, "within the margin", swept - Margin);
        await InsertAsync(store, "live", swept + Interval);
        await InsertAsync(store, "without an end", null);

        store.Clock.Advance(Interval);
        await GoneAsync(store, "just after the margin");

        Assert.True((await store.ReadAsync("within the margin")).RecordExists);
        Assert.True((await store.ReadAsync("live")).RecordExists);
        Assert.True((await store.ReadAsync("without an end")).RecordExists);
    }

    [Fact]
    public async Task What_was_put_off_before_the_sweep_stays()
    {
        await using SqliteStore store = await OpenAsync();
        DateTimeOffset past = store.Clock.GetUtcNow() - 2 * Margin;
        Held renewed = await InsertAsync(store, "renewed", past);
        await InsertAsync(store, "expired", past);
        renewed.State.ExpiresAt = store.Clock.GetUtcNow() + Margin;
        await store.Storage.WriteStateAsync(
            "documents",
            GrainId.Create("document", "renewed"),
            renewed
        );

        store.Clock.Advance(Interval);
        await GoneAsync(store, "expired");

        Assert.True((await store.ReadAsync("renewed")).RecordExists);
    }

    [Fact]
    public async Task A_sweep_deletes_more_than_a_batch_from_every_table()
    {
        await using SqliteStore store = await OpenAsync();
        DateTimeOffset past = store.Clock.GetUtcNow() - 2 * Margin;
        await Task.WhenAll(
            Enumerable
                .Range(0, 450)
                .SelectMany(n =>
                    new Task[]
                    {
                        store.WriteAsync($"{n}", new() { ExpiresAt = past }, "sessions"),
                        store.WriteAsync($"{n}", new() { ExpiresAt = past }, "users"),
                    }
                )
        );

        store.Clock.Advance(Interval);

        await Eventually.IsTrueAsync(
            () =>
                Task.FromResult(
                    store.Query(
                        "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM users)"
                    ) == "0"
                ),
            "both tables are empty"
        );
    }

    [Fact]
    public async Task A_start_sweeps_what_expired_before_it()
    {
        await using (SqliteStore before = await OpenAsync())
            await InsertAsync(before, "old", before.Clock.GetUtcNow() - 2 * Margin);

        await using SqliteStore store = await OpenAsync();

        await GoneAsync(store, "old");
    }

    [Fact]
    public async Task What_was_swept_is_in_no_file_any_more()
    {
        await using SqliteStore store = await OpenAsync();
        const string address = "ada@example.org";
        await store.WriteAsync(
            "ada",
            new() { Text = address, ExpiresAt = store.Clock.GetUtcNow() - 2 * Margin }
        );
        Assert.True(await ContainsAsync(store, address));

        store.Clock.Advance(Interval);

        await Eventually.IsTrueAsync(
            async () => !await ContainsAsync(store, address),
            "the address is overwritten"
        );
    }

    public void Dispose() => _directory.Dispose();

    private Task<SqliteStore> OpenAsync() =>
        SqliteStore.OpenAsync(
            _directory.Data,
            options =>
            {
                options.SweepInterval = Interval;
                options.ExpiryMargin = Margin;
            }
        );

    private static Task<Held> InsertAsync(SqliteStore store, string key, DateTimeOffset? end) =>
        store.WriteAsync(key, new() { ExpiresAt = end });

    private static Task GoneAsync(SqliteStore store, string key) =>
        Eventually.IsTrueAsync(
            async () => !(await store.ReadAsync(key)).RecordExists,
            $"'{key}' is gone"
        );

    private static async Task<bool> ContainsAsync(SqliteStore store, string text)
    {
        foreach (string file in new[] { store.File, store.File + "-wal" })
        {
            await using FileStream stream = new(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite
            );
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            if ((await reader.ReadToEndAsync()).Contains(text, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
