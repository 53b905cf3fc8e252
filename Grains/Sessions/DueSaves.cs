namespace SessionAuth.Grains.Sessions;

/// <summary>
/// The sessions of a silo that owe a save, by the time when it is due. They share one timer: the framework looks at all
/// timers of a process several times a second. With one for each of a million sessions, that was a sixth of the processor
/// time of the process.
/// </summary>
internal sealed class DueSaves : IDisposable
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<SessionGrain, TimeSpan> _due = new();

    public DueSaves(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(
            static saves => ((DueSaves)saves!).SaveDue(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Lets a session save after some time.</summary>
    /// <param name="session">The session.</param>
    /// <param name="wait">The time; a tenth of a second at least.</param>
    public void Add(SessionGrain session, TimeSpan wait)
    {
        TimeSpan due = Now + AtLeastShortest(wait);
        lock (_lock)
        {
            _due.Enqueue(session, due);
            if (ReferenceEquals(_due.Peek(), session))
                WakeAt(due);
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Now => _clock.GetElapsedTime(0);

    private void SaveDue()
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            while (_due.TryPeek(out SessionGrain? session, out TimeSpan due))
            {
                if (due > now)
                {
                    WakeAt(due);
                    return;
                }

                _due.Dequeue();
                session.QueueSave();
            }
        }
    }

    private void WakeAt(TimeSpan due) =>
        _timer.Change(AtLeastShortest(due - Now), Timeout.InfiniteTimeSpan);

    private static TimeSpan AtLeastShortest(TimeSpan wait) =>
        wait > s_shortestWait ? wait : s_shortestWait;
}
