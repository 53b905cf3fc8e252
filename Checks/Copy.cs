using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Checks;

/// <summary>A copy of a session's standing, and when it was used.</summary>
/// <param name="session">The session.</param>
/// <param name="standing">The standing.</param>
/// <param name="silo">The silo whose lease it depends on.</param>
/// <param name="madeAt">The time, by the monotonic clock.</param>
internal sealed class Copy(SessionId session, KeptStanding standing, HeldSilo silo, TimeSpan madeAt)
{
    // Idle timeouts are kept to the minute.
    private static readonly TimeSpan s_reportInterval = TimeSpan.FromMinutes(1);

    // The grain knows of the use that it was made for.
    private long _lastUse = madeAt.Ticks;
    private long _reportAfter = (madeAt + s_reportInterval).Ticks;
    private int _isQueued;
    private volatile bool _isDropped;

    public SessionId Session => session;

    public HeldSilo Silo => silo;

    public long Version => standing.Standing.Version;

    /// <summary>When it was last used, by the monotonic clock.</summary>
    public TimeSpan LastUse => new(Volatile.Read(ref _lastUse));

    /// <summary>Ends its use: it was recalled, replaced or evicted.</summary>
    public void Drop() => _isDropped = true;

    /// <summary>Whether it was made under this lease.</summary>
    public bool IsUnder(HeldLease lease) => standing.LeaseNumber == lease.Number;

    /// <summary>Answers a check; null when the grain has to be asked.</summary>
    /// <param name="token">The token.</param>
    /// <param name="clock">The clocks, read after the copy and its lease were.</param>
    public SessionStanding? Answer(CheckedToken token, TimeProvider clock)
    {
        if (_isDropped || silo.Lease is not { } lease)
            return null;
        ClockReading now = clock.Read();
        if (standing.Answer(token.User, token.Generation, lease, now) is not { } answer)
            return null;

        Use(now.Monotonic);
        return answer;
    }

    /// <summary>Notes that the session was used, which is reported to its silo with the next renewal.</summary>
    public void Use(TimeSpan now)
    {
        Volatile.Write(ref _lastUse, now.Ticks);
        if (
            now.Ticks >= Volatile.Read(ref _reportAfter)
            && Interlocked.Exchange(ref _isQueued, 1) == 0
        )
            silo.Report(this);
    }

    /// <summary>The last use was reported.</summary>
    public void Reported(TimeSpan now)
    {
        Volatile.Write(ref _reportAfter, (now + s_reportInterval).Ticks);
        Volatile.Write(ref _isQueued, 0);
    }
}
