using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Deletes expired documents in small batches, through the same queue as other writes.</summary>
/// <remarks>
/// The next write of a grain that still has a deleted document in memory conflicts.
/// </remarks>
internal sealed class SqliteSweeper : IAsyncDisposable
{
    // Small, so that the writes of callers do not wait long behind a batch.
    private const int BatchSize = 200;

    private readonly CancellationTokenSource _stop = new();
    private readonly SqliteStorageOptions _options;
    private readonly StateTables _tables;
    private readonly SqliteWriter _writer;
    private readonly Func<SqliteSession> _connect;
    private readonly TimeProvider _clock;
    private readonly PeriodicTimer _timer;
    private readonly ILogger _logger;
    private readonly Task _running;

    public SqliteSweeper(
        SqliteStorageOptions options,
        StateTables tables,
        SqliteWriter writer,
        Func<SqliteSession> connect,
        TimeProvider clock,
        ILogger logger
    )
    {
        _options = options;
        _tables = tables;
        _writer = writer;
        _connect = connect;
        _clock = clock;
        _timer = new(options.SweepInterval, clock);
        _logger = logger;
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _timer.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            // The first sweep is at the start, for processes that run for less than an interval.
            do
            {
                await SweepAsync();
            } while (await _timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
    }

    private async Task SweepAsync()
    {
        long before = (_clock.GetUtcNow() - _options.ExpiryMargin).ToUnixTimeMilliseconds();
        try
        {
            foreach (StateTable table in _tables.Existing)
                await SweepAsync(table, before);
            TruncateLog();
        }
        catch (Exception failure) when (failure is StorageUnavailableException or SqliteException)
        {
            _logger.SweepFailed(failure);
        }
    }

    private async Task SweepAsync(StateTable table, long before)
    {
        int deleted = 0;
        int batch;
        do
        {
            PendingWrite sweep = new(
                table,
                table.Sweep,
                ("$before", before),
                ("$limit", BatchSize)
            );
            batch = await _writer.WriteAsync(sweep, _stop.Token);
            deleted += batch;
        } while (batch == BatchSize);

        if (deleted > 0)
            _logger.Swept(deleted, table.Name);
    }

    // Without other writes, the write-ahead log would keep the deleted documents.
    private void TruncateLog()
    {
        using SqliteSession session = _connect();
        session.Execute(SqliteSchema.TruncateLog);
    }
}
