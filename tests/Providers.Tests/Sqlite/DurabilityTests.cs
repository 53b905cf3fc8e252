using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace SessionAuth.Providers.Tests.Sqlite;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        using MetricCollector<long> commits = Collect(store, "commits");
        using MetricCollector<long> writes = Collect(store, "writes");

        Task[] callers;
        using (LockedFile.Of(store.File))
            callers = [.. Enumerable.Range(0, 500).Select(n => store.WriteAsync($"{n}", new()))];
        await Task.WhenAll(callers);
        await store.StopAsync();

        Assert.Equal(500, Sum(writes));
        Assert.InRange(Sum(commits), 1, 10);
    }

    [Fact]
    public async Task No_caller_is_answered_before_the_commit()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("first", new());

        Task[] callers;
        using (LockedFile.Of(store.File))
        {
            callers = [.. Enumerable.Range(0, 20).Select(n => store.WriteAsync($"{n}", new()))];
            Task first = await Task.WhenAny([
                .. callers,
                Task.Delay(TimeSpan.FromMilliseconds(200)),
            ]);
            Assert.DoesNotContain(first, callers);
        }
        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task Conflict_in_a_group_fails_only_its_own_caller()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        await store.WriteAsync("taken", new() { Text = "first" });

        Task conflict;
        Task[] others;
        using (LockedFile.Of(store.File))
        {
            others = [.. Enumerable.Range(0, 20).Select(n => store.WriteAsync($"{n}", new()))];
            conflict = store.WriteAsync("taken", new() { Text = "second" });
        }

        await Task.WhenAll(others);
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => conflict);
        Assert.Equal("first", (await store.ReadAsync("taken")).State.Text);
    }

    [Fact]
    public async Task Acknowledged_writes_survive_a_kill()
    {
        for (int round = 0; round < 5; round++)
        {
            List<string> acknowledged = [];
            using (SqliteWriterProcess process = new(_directory.Data))
            {
                Assert.Equal("open", await process.ReadLineAsync());
                int enough = Random.Shared.Next(20, 400);
                while (acknowledged.Count < enough)
                    acknowledged.Add((await process.ReadLineAsync())!);
                acknowledged.AddRange(await process.KillAsync());
            }

            await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
            foreach (string key in acknowledged)
                Assert.Equal(key, (await store.ReadAsync(key)).State.Text);
        }
    }

    [Fact]
    public async Task Writes_queued_at_the_stop_are_stored_and_later_ones_are_refused()
    {
        await using SqliteStore store = await SqliteStore.OpenAsync(_directory.Data);
        Task[] queued;
        Task stop;
        using (LockedFile.Of(store.File))
        {
            // More than a group, so that some are still queued at the stop.
            queued = [.. Enumerable.Range(0, 600).Select(n => store.WriteAsync($"{n}", new()))];
            stop = store.StopAsync();
            await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                store.WriteAsync("late", new())
            );
        }
        await Task.WhenAll(queued);
        await stop;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => store.ReadAsync("0"));
        Assert.Equal("600", store.Query("SELECT count(*) FROM documents"));
        Assert.False(File.Exists(store.File + "-wal"));
    }

    public void Dispose() => _directory.Dispose();

    private static MetricCollector<long> Collect(SqliteStore store, string counter) =>
        new(store.Meters, "SessionAuth.Storage", $"sessionauth.storage.{counter}");

    private static long Sum(MetricCollector<long> counter) =>
        counter.GetMeasurementSnapshot().Sum(measurement => measurement.Value);
}
