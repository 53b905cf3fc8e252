using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The one that writes. It commits all that waits in one transaction.</summary>
/// <remarks>
/// SQLite takes one writer at a time, and a durable commit costs a wait for the disk whatever it holds.
/// So while one group is on its way to the disk the next one gathers, and the more callers there are the
/// less each costs. A caller is answered after the commit has returned, never before.
/// </remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // What may wait before callers wait to get in line; what one transaction may hold.
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

    /// <param name="session">The first connection; the writer owns it.</param>
    /// <param name="connect">Makes the next one after a failure.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="logger">Told of failures.</param>
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
        // A thread of its own: it sleeps while the disk works, and a disk that hangs must not take a
        // thread away from grains that answer from memory.
        new Thread(Run) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Queues a write and waits until it is durable.</summary>
    /// <returns>The number of rows that it changed.</returns>
    /// <exception cref="StorageUnavailableException">It was not made durable.</exception>
    /// <exception cref="OperationCanceledException">It was taken back and has not happened.</exception>
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

    /// <summary>Refuses new writes, commits those that wait, and closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        return new(_ended.Task);
    }

    private void Run()
    {
        List<PendingWrite> group = new(GroupSize);
        // Blocking is what this thread is for.
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
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
        // Whatever it is, callers wait for an answer and the next group for a working connection.
        catch (Exception failure)
        {
            Abandon(failure);
            if (group.Count > 1 && SqliteFailure.MayBeOfOneWrite(failure))
                CommitEachAlone(group);
            else
                Refuse(group, failure);
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
        catch (SqliteException failure) when (SqliteFailure.IsOfOneStatement(failure))
        {
            _logger.WritesFailed(failure, 1);
            write.RememberFailure(failure);
        }
    }

    // A large document that does not fit must not take the small ones down with it.
    private void CommitEachAlone(List<PendingWrite> group)
    {
        foreach (PendingWrite write in group)
            Commit([write]);
    }

    private void Refuse(List<PendingWrite> group, Exception failure)
    {
        _logger.WritesFailed(failure, group.Count);
        _metrics.Failed(group.Count);
        foreach (PendingWrite write in group)
            write.Fail(failure);
    }

    // SQLite rolls back by itself when the disk is full, and the connection stays good. After anything
    // else we do not guess: closing rolls back.
    private void Abandon(Exception failure)
    {
        if (_session is null || (SqliteFailure.IsFull(failure) && !_session.InTransaction))
            return;

        _session.Dispose();
        _session = null;
    }

    // So that the file alone is a whole backup once the silo has stopped, and holds nothing deleted.
    private void Close()
    {
        try
        {
            _session?.Execute(SqliteSchema.EmptyLog);
            _session?.Dispose();
        }
        // Whatever it is, the silo must come to its stop; the next start takes the log in.
        catch (Exception failure)
        {
            _logger.CheckpointFailed(failure);
        }
    }
}
