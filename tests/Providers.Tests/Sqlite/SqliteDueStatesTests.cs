using Microsoft.Data.Sqlite;
using Orleans.Storage;
using SessionAuth.Providers.Sqlite;

namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class SqliteDueStatesTests : DueStatesConformance, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store = null!;

    protected override async Task<(IGrainStorage, IScheduledWork)> OpenAsync()
    {
        _store = await SqliteStore.OpenAsync(
            _directory.Data,
            options =>
            {
                options.KeyGenerator = Key;
                options.Model = Document.Scheduled;
            }
        );
        return (_store.Storage, _store.Due);
    }

    protected override async Task CloseAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Due_states_are_found_by_an_index()
    {
        await _store.WriteAsync("ada", new());

        Assert.Contains(
            "USING INDEX documents_due_at",
            Plan(_store.File),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task File_of_an_earlier_version_gets_the_index()
    {
        string directory = Path.Combine(_directory.Data, "earlier");
        await using (
            SqliteStore earlier = await SqliteStore.OpenAsync(
                directory,
                options => options.Model = Document.Scheduled
            )
        )
        {
            await earlier.WriteAsync("ada", new() { DueAt = earlier.Clock.GetUtcNow() });
            SqliteStore.Query(earlier.File, "DROP INDEX documents_due_at");
            Assert.DoesNotContain("documents_due_at", Plan(earlier.File), StringComparison.Ordinal);
            // It is found without an index, too.
            Assert.Single(await Due(earlier));
        }

        await using SqliteStore later = await SqliteStore.OpenAsync(
            directory,
            options => options.Model = Document.Scheduled
        );

        Assert.Contains("USING INDEX documents_due_at", Plan(later.File), StringComparison.Ordinal);
        Assert.Single(await Due(later));
    }

    [Fact]
    public async Task Full_file_is_opened_without_the_index()
    {
        string directory = Path.Combine(_directory.Data, "full");
        await using (SqliteStore before = await SqliteStore.OpenAsync(directory))
        {
            await Task.WhenAll(
                Enumerable
                    .Range(0, 1000)
                    .Select(n =>
                        before.WriteAsync($"{n}", new() { DueAt = before.Clock.GetUtcNow() })
                    )
            );
        }

        await using SqliteStore full = await SqliteStore.OpenAsync(
            directory,
            options =>
            {
                options.Model = Document.Scheduled;
                options.MaxFileBytes = 64 * 1024;
            }
        );

        Assert.Equal(1000, (await Due(full)).Count);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<IReadOnlyList<ScheduledState>> Due(SqliteStore store) =>
        store.Due.Find(State, store.Clock.GetUtcNow(), null, 10_000, CancellationToken.None);

    private static string Plan(string file)
    {
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + new DueIndex(State, "DueAt").Find;
        foreach (string name in new[] { "$by", "$at", "$id", "$limit" })
            command.Parameters.AddWithValue(name, 0);
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> steps = [];
        while (reader.Read())
            steps.Add(reader.GetString(3));
        return string.Join('\n', steps);
    }
}
