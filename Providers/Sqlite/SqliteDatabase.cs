using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>One database file, which is open while the silo's application services run.</summary>
internal sealed class SqliteDatabase(
    string name,
    SqliteStorageOptions options,
    SqliteStorageMetrics metrics,
    TimeProvider clock,
    ILogger<SqliteDatabase> logger
) : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private readonly SqliteFiles _files = new(options);
    private volatile OpenFile? _open;

    private sealed record OpenFile(
        SqliteFileLock Lock,
        StateTables Tables,
        SqliteReaders Readers,
        SqliteWriter Writer,
        SqliteSweeper Sweeper
    );

    /// <summary>The table of a state name.</summary>
    /// <exception cref="StorageUnavailableException">The database is closed.</exception>
    public StateTable Table(string stateName) => Current.Tables.Of(stateName);

    /// <inheritdoc cref="SqliteReaders.ReadAsync"/>
    public ValueTask<StoredDocument?> ReadAsync(
        StateTable table,
        string key,
        CancellationToken cancellationToken
    ) => Current.Readers.ReadAsync(table, key, cancellationToken);

    /// <inheritdoc cref="SqliteReaders.FindDueAsync"/>
    public ValueTask<List<ScheduledState>> FindDueAsync(
        StateTable table,
        long by,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    ) => Current.Readers.FindDueAsync(table, by, after, limit, cancellationToken);

    /// <inheritdoc cref="SqliteWriter.WriteAsync"/>
    public Task<int> WriteAsync(PendingWrite write, CancellationToken cancellationToken) =>
        Current.Writer.WriteAsync(write, cancellationToken);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            $"SQLite storage {name}",
            ServiceLifecycleStage.ApplicationServices,
            OpenAsync,
            CloseAsync
        );

    /// <summary>Closes the file of a silo that failed to start or was not stopped.</summary>
    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None);

    private OpenFile Current => _open ?? throw SqliteFailure.Closed();

    private Task OpenAsync(CancellationToken cancellationToken)
    {
        _files.CreateDirectory();
        SqliteFileLock held = SqliteFileLock.Take(_files);
        try
        {
            _open = Open(held);
        }
        catch (Exception failure)
        {
            held.Dispose();
            if (failure is SqliteException)
                throw CannotOpen(failure);
            throw;
        }
        logger.Opened(name, _files.Database);
        return Task.CompletedTask;
    }

    private OpenFile Open(SqliteFileLock held)
    {
        _files.CreateDatabase();
        StateTables tables = new(SqliteSchema.Initialize(_files), options);
        SqliteReaders readers = new(ConnectReader, logger);
        SqliteSession first = ConnectWriter();
        AddMissingIndexes(tables, first);
        SqliteWriter writer = new(first, ConnectWriter, metrics, logger);
        SqliteSweeper sweeper = new(options, tables, writer, ConnectReader, clock, logger);
        return new(held, tables, readers, writer, sweeper);
    }

    // For files of an earlier version. Queries work without the indexes, but slowly.
    private void AddMissingIndexes(StateTables tables, SqliteSession session)
    {
        foreach (StateTable table in tables.Existing)
        {
            if (table.Due is not { } due)
                continue;
            try
            {
                session.Execute(due.Create);
            }
            catch (SqliteException failure)
            {
                logger.IndexMissing(failure, table.Name);
            }
        }
    }

    // Continues after a cancelled wait: the file stays locked until the last write has ended.
    private Task CloseAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _open, null) is { } open
            ? CloseAsync(open).WaitAsync(cancellationToken)
            : Task.CompletedTask;

    // New calls are refused by now; queued writes are still committed.
    private async Task CloseAsync(OpenFile open)
    {
        await open.Sweeper.DisposeAsync();
        await open.Readers.DisposeAsync();
        await open.Writer.DisposeAsync();
        open.Lock.Dispose();
        logger.Closed(name, _files.Database);
    }

    private SqliteSession ConnectReader() => SqliteSchema.OpenReader(_files);

    private SqliteSession ConnectWriter() => SqliteSchema.OpenWriter(_files, options.MaxFileBytes);

    private StorageUnavailableException CannotOpen(Exception failure) =>
        new($"The database file {_files.Database} cannot be opened: {failure.Message}");
}
