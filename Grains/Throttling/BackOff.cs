namespace SessionAuth.Grains.Throttling;

/// <summary>
/// The back-off of one budget: so many failures are free, after them one try at a time, each after a wait that
/// doubles, and none beyond the limit. Tries under way hold places, so that many at once cannot outrun the count.
/// </summary>
/// <param name="rules">The numbers.</param>
public sealed class BackOff(BackOffRules rules)
{
    /// <summary>For how long failures in a row count, when none is added to them.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    // A try whose end was not told by then, because its node died, may have failed.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    // There can be very many with a failure or two: none has room for more than it needs.
    private Queue<DateTimeOffset>? _underWay;
    private Queue<DateTimeOffset>? _withinWindow;
    private int _inARow;
    private int _limit = rules.Limit;
    private int _beyond;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>The failures that count, in a row or within the window.</summary>
    public int Failures => Free + _beyond;

    /// <summary>The failures, and the tries that may yet fail.</summary>
    public int Tries => Failures + UnderWay;

    /// <summary>When the last of the failures was added.</summary>
    public DateTimeOffset LastFailedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Goes on from failures that were stored.</summary>
    public void Restore(int failures, DateTimeOffset lastAt)
    {
        for (int i = 0; i < Math.Min(failures, rules.Free); i++)
            AddFree(lastAt);
        _beyond = Math.Max(0, failures - rules.Free);
        LastFailedAt = lastAt;
        if (failures >= rules.Free)
            _blockedUntil = lastAt + Delay();
    }

    /// <summary>For how long a try would have to wait; null when it may begin.</summary>
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

    /// <summary>Begins a try: null when it may go on, else for how long to wait.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        TimeSpan? wait = Wait(now);
        if (wait is null)
            (_underWay ??= new(1)).Enqueue(now);
        return wait;
    }

    /// <summary>Ends a try whose secret was not looked at: it does not count.</summary>
    public void Withdraw()
    {
        _underWay?.TryDequeue(out _);
        if (UnderWay == 0)
            _underWay = null;
    }

    /// <summary>Ends a try with a wrong secret.</summary>
    public void Fail(DateTimeOffset now)
    {
        Withdraw();
        CountFailure(now);
    }

    /// <summary>Counts a failure whose try another budget let through.</summary>
    public void CountFailure(DateTimeOffset now)
    {
        Forget(now);
        Add(now);
    }

    /// <summary>Forgets the failures. Tries under way may yet fail.</summary>
    public void Clear()
    {
        _withinWindow = null;
        _inARow = 0;
        _beyond = 0;
        _blockedUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Allows so many failures in a row from now on.</summary>
    public void LimitTo(int failures) => _limit = failures;

    /// <summary>Forgets what does not count any more.</summary>
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

/// <summary>The numbers of a <see cref="BackOff"/>.</summary>
/// <param name="Free">Failures after which tries have to wait.</param>
/// <param name="Limit">Failures after which no try is let through.</param>
/// <param name="FirstDelay">The first wait; each further failure doubles it.</param>
/// <param name="LongestDelay">The longest wait.</param>
/// <param name="Window">For how long a failure counts; null where failures in a row count.</param>
public sealed record BackOffRules(
    int Free,
    int Limit,
    TimeSpan FirstDelay,
    TimeSpan LongestDelay,
    TimeSpan? Window = null
);
