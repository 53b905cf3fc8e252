using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Checks;

/// <summary>A copy of a session's standing, and when it was used.</summary>
/// <param name="session">The session.</param>
/// <param name="standing">The standing.</param>
/// <param name="silo">The silo whose lease it depends on.</param>
/// <param name="madeAt">The time, by the monotonic clock.</param>
internal sealed class Copy(SessionId session, KeptStanding standing, HeldSilo silo, TimeSpan madeAt)
{
    private readonly SessionStanding _result = standing.Result;

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

    /// <summary>Whether it answers checks of a token while it is usable. It does so for good, or never.</summary>
    public bool AnswersTo(CheckedToken token) => standing.AnswersTo(token.User, token.Generation);

    /// <summary>
    /// What it answers to checks of a grant while it is usable; null when it does not answer them. For good, either.
    /// </summary>
    public GrantStanding? AnswerTo(GrantId grant, ClientId application) =>
        standing.AnswerTo(grant, application);

    /// <summary>
    /// Answers a check of a token that it <see cref="AnswersTo"/>; null when the grain has to be asked.
    /// </summary>
    /// <param name="clock">The clocks, read after the copy and its lease were.</param>
    public SessionStanding? Answer(TimeProvider clock)
    {
        if (_isDropped || silo.Lease is not { } lease)
            return null;
        ClockReading now = clock.Read();
        if (!standing.IsUsable(lease, now))
            return null;

        Use(now.Monotonic);
        return _result;
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
