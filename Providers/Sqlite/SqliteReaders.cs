using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>A stored document and its version.</summary>
internal sealed record StoredDocument(string Etag, string Text);

/// <summary>The pool of connections for reading.</summary>
/// <remarks>
/// A read runs on the caller's thread: it is one lookup by key, mostly in memory, and a switch to another thread would
/// cost more. With the write-ahead log it does not wait for the writer. The number of connections limits how many
/// threads a slow disk can block; further callers wait asynchronously.
/// </remarks>
internal sealed class SqliteReaders(Func<SqliteSession> connect, ILogger logger) : IAsyncDisposable
{
    private static readonly int MaxConnections = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim _free = new(MaxConnections);
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private volatile bool _closed;

    /// <summary>Reads a committed document; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The read failed.</exception>
    public async ValueTask<StoredDocument?> ReadAsync(
        StateTable table,
        string key,
        CancellationToken cancellationToken
    ) =>
        table.Exists
            ? await RunAsync(
                session =>
                    session.First(
                        table.Read,
                        row => new StoredDocument(row.GetString(0), row.GetString(1)),
                        ("$id", key)
                    ),
                cancellationToken
            )
            : null;

    /// <summary>Finds the documents whose scheduled work is due, earliest first.</summary>
    /// <exception cref="StorageUnavailableException">The read failed.</exception>
    public async ValueTask<List<ScheduledState>> FindDueAsync(
        StateTable table,
        long by,
        ScheduledState? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        table is { Exists: true, Due: { } due }
            ? await RunAsync(
                session =>
                    session.All(
                        due.Find,
                        row => new ScheduledState(
                            row.GetString(0),
                            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))
                        ),
                        ("$by", by),
                        ("$at", after?.NextWorkAt.ToUnixTimeMilliseconds() ?? long.MinValue),
                        ("$id", after?.Key ?? ""),
                        ("$limit", limit)
                    ),
                cancellationToken
            )
            : [];

    /// <summary>Waits for the reads in progress and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (int slot = 0; slot < MaxConnections; slot++)
            await _free.WaitAsync();
        while (_idle.TryPop(out SqliteSession? session))
            session.Dispose();
        _free.Release(MaxConnections);
    }

    private async ValueTask<T> RunAsync<T>(
        Func<SqliteSession, T> read,
        CancellationToken cancellationToken
    )
    {
        await _free.WaitAsync(cancellationToken);
        SqliteSession? session = null;
        try
        {
            if (_closed)
                throw SqliteFailure.Closed();
            if (!_idle.TryPop(out session))
                session = connect();
            T result = read(session);
            _idle.Push(session);
            return result;
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            session?.Dispose();
            logger.ReadFailed(failure);
            throw SqliteFailure.ForCaller(failure, outcomeUnknown: false);
        }
        finally
        {
            _free.Release();
        }
    }
}
