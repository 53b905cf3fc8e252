using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>A document as it is stored.</summary>
internal sealed record StoredDocument(string Etag, string Text);

/// <summary>The connections that read.</summary>
/// <remarks>
/// A read runs on the caller's thread: it is one look-up by key, mostly in memory, and handing it to
/// another thread would cost more than it takes. The log lets it go on while the writer commits. What
/// bounds the harm of a slow disk is the number of connections: no more threads than that can be inside
/// SQLite, and the callers that find none free wait without a thread.
/// </remarks>
internal sealed class SqliteReaders(Func<SqliteSession> connect, ILogger logger) : IAsyncDisposable
{
    private static readonly int MostAtOnce = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim _free = new(MostAtOnce);
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private volatile bool _closed;

    /// <summary>Reads a committed document; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">It could not be read.</exception>
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

    /// <summary>Finds the documents that are due, earliest first.</summary>
    /// <exception cref="StorageUnavailableException">They could not be read.</exception>
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

    /// <summary>Waits for the reads that are under way and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (int slot = 0; slot < MostAtOnce; slot++)
            await _free.WaitAsync();
        while (_idle.TryPop(out SqliteSession? session))
            session.Dispose();
        _free.Release(MostAtOnce);
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
