using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Deletes expired documents, a few at a time, in line with the other writes.</summary>
/// <remarks>
/// A grain that still holds a document that was swept finds out at its next write, which conflicts.
/// </remarks>
internal sealed class SqliteSweeper : IAsyncDisposable
{
    // Few enough that a caller's write never waits long behind a batch.
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
            // The first round is at the start: a process that never lives for an interval sweeps too.
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
            EmptyLog();
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

    // A quiet log would keep what was deleted from the tables for as long as nothing else is written.
    private void EmptyLog()
    {
        using SqliteSession session = _connect();
        session.Execute(SqliteSchema.EmptyLog);
    }
}
