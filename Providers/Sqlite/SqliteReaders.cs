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
    )
    {
        if (!table.Exists)
            return null;

        await _free.WaitAsync(cancellationToken);
        SqliteSession? session = null;
        try
        {
            if (_closed)
                throw new StorageUnavailableException("Storage is closed.");
            if (!_idle.TryPop(out session))
                session = connect();
            StoredDocument? document = session.First(
                table.Read,
                row => new StoredDocument(row.GetString(0), row.GetString(1)),
                ("$id", key)
            );
            _idle.Push(session);
            return document;
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            session?.Dispose();
            logger.ReadFailed(failure);
            throw SqliteFailure.ForCaller(failure);
        }
        finally
        {
            _free.Release();
        }
    }

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
}
