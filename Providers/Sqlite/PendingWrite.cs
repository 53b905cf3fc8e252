namespace SessionAuth.Providers.Sqlite;

/// <summary>A statement in the writer's queue, whose caller waits for its commit.</summary>
internal sealed class PendingWrite(
    StateTable? table,
    string sql,
    params (string Name, object? Value)[] arguments
)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    // The continuations of grains must not run on the writer's thread.
    private readonly TaskCompletionSource<int> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _progress;
    private int _rows;
    private Exception? _failure;
    private bool _outcomeUnknown;

    /// <summary>The table to create first if it does not exist; null for an internal table.</summary>
    public StateTable? Table => table;

    /// <summary>Completes when the write is durable, with the number of rows that it changed.</summary>
    public Task<int> Answer => _answer.Task;

    /// <summary>Claims the write for the writer; false when the caller has cancelled it.</summary>
    public bool TryStart() =>
        Interlocked.CompareExchange(ref _progress, Started, Waiting) == Waiting;

    /// <summary>
    /// Cancels the write unless the writer has started it: a cancelled write is certainly not applied.
    /// </summary>
    public void TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _progress, Cancelled, Waiting) == Waiting)
            _answer.TrySetCanceled(cancellationToken);
    }

    public void Run(SqliteSession session)
    {
        _failure = null;
        _rows = session.Execute(sql, arguments);
    }

    /// <summary>Records that a commit has begun: its outcome is unknown if it fails.</summary>
    public void Committing() => _outcomeUnknown |= _failure is null;

    /// <summary>Records an error of this statement for its caller; the rest of the group is still committed.</summary>
    public void RecordFailure(Exception failure) => _failure = failure;

    public void Complete()
    {
        // SQLite rolled back only this statement, and the commit does not include it.
        if (_failure is { } failure)
            _answer.TrySetException(SqliteFailure.ForCaller(failure, outcomeUnknown: false));
        else
            _answer.TrySetResult(_rows);
    }

    public void Fail(Exception failure) =>
        _answer.TrySetException(SqliteFailure.ForCaller(failure, _outcomeUnknown));
}
