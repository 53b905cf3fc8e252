namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class ExpiryTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Only_states_that_expired_before_the_margin_are_deleted()
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
    public async Task State_that_is_extended_before_the_sweep_is_kept()
    {
        await using SqliteStore store = await OpenAsync();
        DateTimeOffset past = store.Clock.GetUtcNow() - 2 * Margin;
        DocumentState renewed = await InsertAsync(store, "renewed", past);
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
    public async Task Sweep_deletes_more_than_one_batch_from_every_table()
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

        await Eventually.Holds(
            () =>
                store.Query("SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM users)")
                == "0",
            "both tables are empty"
        );
    }

    [Fact]
    public async Task Start_deletes_what_has_expired()
    {
        await using (SqliteStore before = await OpenAsync())
            await InsertAsync(before, "old", before.Clock.GetUtcNow() - 2 * Margin);

        await using SqliteStore store = await OpenAsync();

        await GoneAsync(store, "old");
    }

    [Fact]
    public async Task Deleted_content_is_overwritten_in_every_file()
    {
        await using SqliteStore store = await OpenAsync();
        const string email = "ada@example.org";
        await store.WriteAsync(
            "ada",
            new() { Text = email, ExpiresAt = store.Clock.GetUtcNow() - 2 * Margin }
        );
        Assert.True(await ContainsAsync(store, email));

        store.Clock.Advance(Interval);

        await Eventually.Holds(
            async () => !await ContainsAsync(store, email),
            "the email is overwritten"
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

    private static Task<DocumentState> InsertAsync(
        SqliteStore store,
        string key,
        DateTimeOffset? end
    ) => store.WriteAsync(key, new() { ExpiresAt = end });

    private static Task GoneAsync(SqliteStore store, string key) =>
        Eventually.Holds(
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
