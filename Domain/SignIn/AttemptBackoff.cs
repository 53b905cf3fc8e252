namespace SessionAuth.Domain.SignIn;

/// <summary>
/// Exponential back-off for attempts to guess a secret. Some failures are free; after them, attempts are allowed one at
/// a time, each after twice the previous delay; beyond the limit, none is allowed. An attempt in progress counts as a
/// failure until it has ended, so that parallel attempts cannot bypass the limit. Immutable.
/// </summary>
public sealed record AttemptBackoff
{
    /// <summary>How long consecutive failures count after the last one.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    // If no outcome is reported by then, because the node died, the attempt counts as failed.
    private static readonly TimeSpan s_longestAttempt = TimeSpan.FromMinutes(1);

    /// <summary>Creates a back-off without failures.</summary>
    /// <param name="rules">The limits and delays.</param>
    public AttemptBackoff(AttemptBackoffRules rules) => Rules = rules;

    /// <summary>The failures that count: consecutive ones, or those within the window.</summary>
    public int Failures => Free + Beyond;

    /// <summary>The failures, and the attempts in progress, which may fail.</summary>
    public int Attempts => Failures + UnderWay.Count;

    /// <summary>When the last failure was counted.</summary>
    public DateTimeOffset LastFailedAt { get; private init; } = DateTimeOffset.MinValue;

    /// <summary>The time to store with the failures: now if an attempt is in progress, since it may fail.</summary>
    public DateTimeOffset LastAt(DateTimeOffset now) => UnderWay.Count > 0 ? now : LastFailedAt;

    private AttemptBackoffRules Rules { get; init; }

    private TimeQueue UnderWay { get; init; }

    private TimeQueue WithinWindow { get; init; }

    private int InARow { get; init; }

    private int Beyond { get; init; }

    private DateTimeOffset BlockedUntil { get; init; } = DateTimeOffset.MinValue;

    private int Free => Rules.Window is null ? InARow : WithinWindow.Count;

    /// <summary>Creates a back-off from stored consecutive failures.</summary>
    public static AttemptBackoff Restored(
        AttemptBackoffRules rules,
        int failures,
        DateTimeOffset lastAt
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        AttemptBackoff restored = new(rules)
        {
            InARow = Math.Min(failures, rules.Free),
            Beyond = Math.Max(0, failures - rules.Free),
            LastFailedAt = lastAt,
        };
        return restored.Blocked();
    }

    /// <summary>How long an attempt would have to wait; null if it may begin.</summary>
    public TimeSpan? Wait(DateTimeOffset now) => Begin(now).Wait;

    /// <summary>Begins an attempt.</summary>
    /// <returns>The time to wait, or null if the attempt may proceed; and the next state.</returns>
    public (TimeSpan? Wait, AttemptBackoff Next) Begin(DateTimeOffset now)
    {
        AttemptBackoff current = Forget(now);
        TimeSpan? wait = current.Delay(now);
        return (
            wait,
            wait is null ? current with { UnderWay = current.UnderWay.With(now) } : current
        );
    }

    /// <summary>Ends an attempt whose secret was not verified: it does not count.</summary>
    public AttemptBackoff Withdraw() => this with { UnderWay = UnderWay.WithoutFirst() };

    /// <summary>Ends an attempt with a wrong secret.</summary>
    public AttemptBackoff Fail(DateTimeOffset now) => Withdraw().CountFailure(now);

    /// <summary>Counts the failure of an attempt that was begun on another instance.</summary>
    public AttemptBackoff CountFailure(DateTimeOffset now) => Forget(now).With(now);

    /// <summary>Clears the failures. Attempts in progress still count.</summary>
    public AttemptBackoff Clear() =>
        this with
        {
            WithinWindow = default,
            InARow = 0,
            Beyond = 0,
            BlockedUntil = DateTimeOffset.MinValue,
        };

    /// <summary>Removes failures that no longer count, and counts attempts that have timed out as failed.</summary>
    public AttemptBackoff Forget(DateTimeOffset now)
    {
        AttemptBackoff kept = this;
        while (kept.UnderWay.First is { } begun && now - begun > s_longestAttempt)
            kept = kept.Withdraw().With(begun + s_longestAttempt);

        return Rules.Window is { } window ? kept.Within(window, now)
            : kept.Failures > 0 && now - kept.LastFailedAt >= RememberedFor ? kept.Clear()
            : kept;
    }

    /// <summary>Changes the limit of failures.</summary>
    public AttemptBackoff LimitedTo(int failures) =>
        this with
        {
            Rules = Rules with { Limit = failures },
        };

    // Expects that Forget was called for this time.
    private TimeSpan? Delay(DateTimeOffset now)
    {
        if (Attempts >= Rules.Limit)
            return Rules.LongestDelay;

        bool free = Free + UnderWay.Count < Rules.Free;
        bool next = UnderWay.Count == 0 && now >= BlockedUntil;
        if (free || next)
            return null;
        return BlockedUntil > now ? BlockedUntil - now : Rules.FirstDelay;
    }

    private AttemptBackoff Within(TimeSpan window, DateTimeOffset now)
    {
        TimeQueue within = WithinWindow;
        while (within.First is { } failed && now - failed >= window)
            within = within.WithoutFirst();
        return this with { WithinWindow = within, Beyond = within.Count < Rules.Free ? 0 : Beyond };
    }

    private AttemptBackoff With(DateTimeOffset failure)
    {
        bool isFree = Free < Rules.Free;
        AttemptBackoff next = this with
        {
            LastFailedAt = failure,
            Beyond = isFree ? Beyond : Beyond + 1,
        };
        if (Rules.Window is null)
            next = next with { InARow = isFree ? InARow + 1 : InARow };
        else
            // The window keeps only as many times as failures are free: that is enough to know when the back-off ends.
            next = next with
            {
                WithinWindow = (isFree ? WithinWindow : WithinWindow.WithoutFirst()).With(failure),
            };
        return next.Blocked();
    }

    private AttemptBackoff Blocked()
    {
        if (Free < Rules.Free)
            return this;

        double delay = Rules.FirstDelay.TotalSeconds * Math.Pow(2, Beyond);
        return this with
        {
            BlockedUntil =
                LastFailedAt
                + TimeSpan.FromSeconds(Math.Min(delay, Rules.LongestDelay.TotalSeconds)),
        };
    }
}
