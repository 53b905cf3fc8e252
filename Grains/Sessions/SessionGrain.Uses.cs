using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Uses that holders have answered from their copies. There is one a minute for each session in use, so a report is not a
/// call: it is kept in a field, outside of the session's turns, and the next turn records it, or one of its own when a
/// write is due.
/// </remarks>
internal sealed partial class SessionGrain
{
    // In ticks, UTC, because other threads use them; 0 when no use was reported.
    private long _reportedUse;
    private long _lastWriteAt;

    // The session, with what was reported since the last turn.
    private Session? Current
    {
        get
        {
            if (Volatile.Read(ref _reportedUse) != 0)
                RecordReportedUse();
            return _session;
        }
    }

    /// <summary>Reports a use. Called from outside of the session's turns.</summary>
    /// <param name="at">
    /// When it was, not longer ago than <see cref="Session.OldestUndecidedUse"/>.
    /// </param>
    internal void ReportUse(DateTimeOffset at)
    {
        long use = at.UtcTicks;
        long known = Volatile.Read(ref _reportedUse);
        while (known < use)
        {
            long found = Interlocked.CompareExchange(ref _reportedUse, use, known);
            if (found == known)
                break;
            known = found;
        }

        if (IsWriteDue(at))
            GrainContext.Scheduler.QueueAction(
                static session => ((SessionGrain)session).SaveUses(),
                this
            );
    }

    private void SaveUses()
    {
        if (!_hasLeft && Current is { } session)
            SaveActivityIfDue(session, Now);
    }

    private void RecordReportedUse()
    {
        DateTimeOffset at = new(Interlocked.Exchange(ref _reportedUse, 0), TimeSpan.Zero);
        _session = _session?.UsedBefore(at, Now);
    }

    private bool IsWriteDue(DateTimeOffset now) => UntilWriteIsDue(now) <= TimeSpan.Zero;

    private TimeSpan UntilWriteIsDue(DateTimeOffset now) =>
        new(
            Volatile.Read(ref _lastWriteAt)
                + services.Options.CoarseWriteInterval.Ticks
                - now.UtcTicks
        );

    private void WritesFrom(DateTimeOffset now) => Volatile.Write(ref _lastWriteAt, now.UtcTicks);
}
