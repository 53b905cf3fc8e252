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

    private readonly Queue<DateTimeOffset> _underWay = new();
    private readonly Queue<DateTimeOffset> _failures = new();
    private int _limit = rules.Limit;
    private int _beyond;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>The failures that count, in a row or within the window.</summary>
    public int Failures => _failures.Count + _beyond;

    /// <summary>The failures, and the tries that may yet fail.</summary>
    public int Tries => Failures + _underWay.Count;

    /// <summary>When the last of the failures was added.</summary>
    public DateTimeOffset LastFailedAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Goes on from failures that were stored.</summary>
    public void Restore(int failures, DateTimeOffset lastAt)
    {
        for (int i = 0; i < Math.Min(failures, rules.Free); i++)
            _failures.Enqueue(lastAt);
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

        bool free = _failures.Count + _underWay.Count < rules.Free;
        bool next = _underWay.Count == 0 && now >= _blockedUntil;
        if (free || next)
            return null;
        return _blockedUntil > now ? _blockedUntil - now : rules.FirstDelay;
    }

    /// <summary>Begins a try: null when it may go on, else for how long to wait.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        TimeSpan? wait = Wait(now);
        if (wait is null)
            _underWay.Enqueue(now);
        return wait;
    }

    /// <summary>Ends a try whose secret was not looked at: it does not count.</summary>
    public void Withdraw() => _underWay.TryDequeue(out _);

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
        _failures.Clear();
        _beyond = 0;
        _blockedUntil = DateTimeOffset.MinValue;
    }

    /// <summary>Allows so many failures in a row from now on.</summary>
    public void LimitTo(int failures) => _limit = failures;

    /// <summary>Forgets what does not count any more.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (_underWay.TryPeek(out DateTimeOffset begun) && now - begun > LongestTry)
        {
            _underWay.Dequeue();
            Add(begun + LongestTry);
        }

        if (rules.Window is not { } window)
        {
            if (Failures > 0 && now - LastFailedAt >= RememberedFor)
                Clear();
            return;
        }

        while (_failures.TryPeek(out DateTimeOffset failed) && now - failed >= window)
            _failures.Dequeue();

        if (_failures.Count < rules.Free)
            _beyond = 0;
    }

    private TimeSpan Delay()
    {
        double delay = rules.FirstDelay.TotalSeconds * Math.Pow(2, _beyond);
        return TimeSpan.FromSeconds(Math.Min(delay, rules.LongestDelay.TotalSeconds));
    }

    private void Add(DateTimeOffset now)
    {
        if (_failures.Count >= rules.Free)
        {
            _failures.Dequeue();
            _beyond++;
        }

        _failures.Enqueue(now);
        LastFailedAt = now;
        if (_failures.Count >= rules.Free)
            _blockedUntil = now + Delay();
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
