namespace SessionAuth.Domain.SignIn;

/// <summary>
/// Exponential back-off for attempts to guess a secret: some failures are free; after them, attempts are let through one
/// at a time, each after a delay that doubles; beyond the limit, none is. An attempt under way counts as a failure until
/// it has ended, so that many at once cannot outrun the count.
/// </summary>
/// <remarks>Without a clock: the time is given to each method. Not a value: it is changed in place.</remarks>
/// <param name="rules">The limits and delays.</param>
public sealed class AttemptBackoff(AttemptBackoffRules rules)
{
    /// <summary>How long failures in a row count after the last of them.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    // An attempt whose outcome has not been reported by then, because its node died, may have failed.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    // Very many of these may be in memory with a failure or two each, so none reserves more room than it needs.
    private Queue<DateTimeOffset>? _underWay;
    private Queue<DateTimeOffset>? _withinWindow;
    private int _inARow;
    private int _limit = rules.Limit;
    private int _beyond;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>The failures that count: those in a row, or those within the window.</summary>
    public int Failures => Free + _beyond;

    /// <summary>The failures, and the attempts under way, which may yet fail.</summary>
    public int Tries => Failures + UnderWay;

    /// <summary>When the last of the failures was added.</summary>
    public DateTimeOffset LastFailedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Continues from stored failures.</summary>
    public void Restore(int failures, DateTimeOffset lastAt)
    {
        for (int i = 0; i < Math.Min(failures, rules.Free); i++)
            AddFree(lastAt);
        _beyond = Math.Max(0, failures - rules.Free);
        LastFailedAt = lastAt;
        if (failures >= rules.Free)
            _blockedUntil = lastAt + Delay();
    }

    /// <summary>How long an attempt would have to wait; null when it may begin.</summary>
    public TimeSpan? Wait(DateTimeOffset now)
    {
        Forget(now);
        if (Tries >= _limit)
            return rules.LongestDelay;

        bool free = Free + UnderWay < rules.Free;
        bool next = UnderWay == 0 && now >= _blockedUntil;
        if (free || next)
            return null;
        return _blockedUntil > now ? _blockedUntil - now : rules.FirstDelay;
    }

    /// <summary>Begins an attempt: null when it may go on, otherwise how long to wait.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        TimeSpan? wait = Wait(now);
        if (wait is null)
            (_underWay ??= new(1)).Enqueue(now);
        return wait;
    }

    /// <summary>Ends an attempt whose secret was not checked: it does not count.</summary>
    public void Withdraw()
    {
        _underWay?.TryDequeue(out _);
        if (UnderWay == 0)
            _underWay = null;
    }

    /// <summary>Ends an attempt with a wrong secret.</summary>
    public void Fail(DateTimeOffset now)
    {
        Withdraw();
        CountFailure(now);
    }

    /// <summary>Counts the failure of an attempt that was begun elsewhere.</summary>
    public void CountFailure(DateTimeOffset now)
    {
        Forget(now);
        Add(now);
    }

    /// <summary>Forgets the failures. Attempts under way may yet fail.</summary>
    public void Clear()
    {
        _withinWindow = null;
        _inARow = 0;
        _beyond = 0;
        _blockedUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Changes the limit of failures.</summary>
    public void LimitTo(int failures) => _limit = failures;

    /// <summary>Drops what no longer counts.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (
            _underWay is not null
            && _underWay.TryPeek(out DateTimeOffset begun)
            && now - begun > LongestTry
        )
        {
            Withdraw();
            Add(begun + LongestTry);
        }

        if (rules.Window is not { } window)
        {
            if (Failures > 0 && now - LastFailedAt >= RememberedFor)
                Clear();
            return;
        }

        while (
            _withinWindow is not null
            && _withinWindow.TryPeek(out DateTimeOffset failed)
            && now - failed >= window
        )
            _withinWindow.Dequeue();

        if (Free < rules.Free)
            _beyond = 0;
    }

    private int Free => _withinWindow?.Count ?? _inARow;

    private int UnderWay => _underWay?.Count ?? 0;

    private TimeSpan Delay()
    {
        double delay = rules.FirstDelay.TotalSeconds * Math.Pow(2, _beyond);
        return TimeSpan.FromSeconds(Math.Min(delay, rules.LongestDelay.TotalSeconds));
    }

    private void Add(DateTimeOffset now)
    {
        if (Free < rules.Free)
        {
            AddFree(now);
        }
        else
        {
            _beyond++;
            if (_withinWindow is not null)
            {
                _withinWindow.Dequeue();
                _withinWindow.Enqueue(now);
            }
        }

        LastFailedAt = now;
        if (Free >= rules.Free)
            _blockedUntil = now + Delay();
    }

    private void AddFree(DateTimeOffset at)
    {
        if (rules.Window is null)
            _inARow++;
        else
            (_withinWindow ??= new(1)).Enqueue(at);
    }
}
