using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The single writer, which commits all waiting writes in one transaction (group commit).</summary>
/// <remarks>
/// SQLite has one writer at a time, and a durable commit costs a wait for the disk however many writes it has. While
/// one group is committed, the next one gathers, so that the cost of a write falls with the load. Callers are answered
/// only after the commit has returned.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Callers wait asynchronously while the queue is full.
    private const int QueueLength = 1024;
    private const int GroupSize = 256;

    private readonly Channel<PendingWrite> _queue = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true }
    );
    private readonly TaskCompletionSource _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Func<SqliteSession> _connect;
    private readonly SqliteStorageMetrics _metrics;
    private readonly ILogger _logger;
    private SqliteSession? _session;

    /// <param name="session">The first connection, which the writer disposes.</param>
    /// <param name="connect">Opens a new connection after a failure.</param>
    /// <param name="metrics">The metrics of the storage.</param>
    /// <param name="logger">The log for failures.</param>
    public SqliteWriter(
        SqliteSession session,
        Func<SqliteSession> connect,
        SqliteStorageMetrics metrics,
        ILogger logger
    )
    {
        _session = session;
        _connect = connect;
        _metrics = metrics;
        _logger = logger;
        // A dedicated thread, because it blocks: a disk that hangs must not block a pool thread that grains need.
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Queues a write and waits until it is durable.</summary>
    /// <returns>The number of rows that it changed.</returns>
    /// <exception cref="StorageUnavailableException">The write failed; its outcome may be unknown.</exception>
    /// <exception cref="OperationCanceledException">The write was cancelled and is not applied.</exception>
    public async Task<int> WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw SqliteFailure.Closed();
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingWrite)state!).TryCancel(token),
            write
        );
        return await write.Answer;
    }

    /// <summary>Refuses new writes, commits the queued ones, and closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        return new(_ended.Task);
    }

    private void Run()
    {
        List<PendingWrite> group = new(GroupSize);
        // This thread exists to block.
#pragma warning disable RS0030
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore RS0030
        {
            group.Clear();
            while (group.Count < GroupSize && _queue.Reader.TryRead(out PendingWrite? write))
            {
                if (write.TryStart())
                    group.Add(write);
            }
            if (group.Count > 0)
                Commit(group);
        }
        Close();
        _ended.TrySetResult();
    }

    private void Commit(List<PendingWrite> group)
    {
        List<StateTable> created = [];
        try
        {
            SqliteSession session = _session ??= _connect();
            session.Execute("BEGIN IMMEDIATE");
            foreach (PendingWrite write in group)
                Apply(session, write, created);
            foreach (PendingWrite write in group)
                write.Committing();
            session.Execute("COMMIT");
        }
        // Any exception: the callers wait for an answer, and the next group for a working connection.
        catch (Exception failure)
        {
            RollBack(failure);
            if (group.Count > 1 && SqliteFailure.MayBeCausedByOneWrite(failure))
                CommitSeparately(group);
            else
                Fail(group, failure);
            return;
        }

        foreach (StateTable table in created)
            table.Exists = true;
        _metrics.Committed(group.Count);
        foreach (PendingWrite write in group)
            write.Complete();
    }

    private void Apply(SqliteSession session, PendingWrite write, List<StateTable> created)
    {
        try
        {
            if (write.Table is { Exists: false } table && !created.Contains(table))
            {
                session.Execute(table.Create);
                created.Add(table);
            }
            write.Run(session);
        }
        catch (SqliteException failure) when (SqliteFailure.IsStatementError(failure))
        {
            _logger.WritesFailed(failure, 1);
            write.RecordFailure(failure);
        }
    }

    // A large document that does not fit must not make the small ones fail.
    private void CommitSeparately(List<PendingWrite> group)
    {
        foreach (PendingWrite write in group)
            Commit([write]);
    }

    private void Fail(List<PendingWrite> group, Exception failure)
    {
        _logger.WritesFailed(failure, group.Count);
        _metrics.Failed(group.Count);
        foreach (PendingWrite write in group)
            write.Fail(failure);
    }

    // SQLite rolls back by itself when the disk is full, and the connection stays usable. After any other error the
    // connection is closed, which rolls back.
    private void RollBack(Exception failure)
    {
        if (_session is null || (SqliteFailure.IsFull(failure) && !_session.InTransaction))
            return;

        _session.Dispose();
        _session = null;
    }

    // So that the file is a complete backup after the silo has stopped, without deleted content.
    private void Close()
    {
        try
        {
            _session?.Execute(SqliteSchema.TruncateLog);
            _session?.Dispose();
        }
        // Any exception: the silo must be able to stop, and the next start recovers the log.
        catch (Exception failure)
        {
            _logger.CheckpointFailed(failure);
        }
    }
}
