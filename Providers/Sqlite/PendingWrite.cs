namespace SessionAuth.Providers.Sqlite;

/// <summary>One statement that waits for the writer, and the caller that waits for it.</summary>
internal sealed class PendingWrite(
    StateTable? table,
    string sql,
    params (string Name, object? Value)[] arguments
)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    // Asynchronously: a grain's continuation must not run on the writer's thread.
    private readonly TaskCompletionSource<int> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _progress;
    private int _rows;
    private Exception? _failure;
    private bool _mayHaveHappened;

    /// <summary>The table that must exist first; null for a table of our own.</summary>
    public StateTable? Table => table;

    /// <summary>The number of rows that the statement changed, once that is durable.</summary>
    public Task<int> Answer => _answer.Task;

    /// <summary>True when the writer may go on; false when the caller has cancelled.</summary>
    public bool TryStart() =>
        Interlocked.CompareExchange(ref _progress, Started, Waiting) == Waiting;

    /// <summary>
    /// Takes the write back unless the writer has it already: a cancelled write has not happened.
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

    /// <summary>Remembers that a commit with it has begun: one that fails may still become true.</summary>
    public void Committing() => _mayHaveHappened |= _failure is null;

    /// <summary>Keeps an error of this statement for its caller, while the group goes on.</summary>
    public void RememberFailure(Exception failure) => _failure = failure;

    public void Complete()
    {
        // Its statement was undone by itself, and the commit around it says nothing of it.
        if (_failure is { } failure)
            _answer.TrySetException(SqliteFailure.ForCaller(failure, outcomeUnknown: false));
        else
            _answer.TrySetResult(_rows);
    }

    public void Fail(Exception failure) =>
        _answer.TrySetException(SqliteFailure.ForCaller(failure, _mayHaveHappened));
}
