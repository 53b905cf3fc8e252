using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.Grains.Throttling;

/// <summary>
/// The back-off of one budget: so many failures are free, after them one try at a time, each after a wait that
/// doubles, and none beyond the limit. Tries under way hold places, so that many at once cannot outrun the count.
/// An account's failures are forgotten when none has been added for 30 days.
/// </summary>
/// <param name="options">The numbers.</param>
/// <param name="kind">What is counted.</param>
public sealed class BackOff(ThrottleOptions options, BudgetKind kind)
{
    /// <summary>For how long failures in a row count, when none is added to them.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    // A try whose end was not told by then, because its node died, may have failed.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _underWay = new();
    private readonly Queue<DateTimeOffset> _failures = new();
    private int _beyond;
    private DateTimeOffset _lastFailedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>The failures that count, in a row or within the window.</summary>
    public int Failures => _failures.Count + _beyond;

    /// <summary>The failures, and the tries that may yet fail.</summary>
    public int Tries => Failures + _underWay.Count;

    private bool PerNetwork => kind == BudgetKind.Network;

    private int Free => PerNetwork ? options.FailuresPerNetwork : options.FailuresPerAddress;

    // A network is many people's: it waits, and is never shut out.
    private int Limit =>
        kind switch
        {
            BudgetKind.Network => int.MaxValue,
            BudgetKind.Device => options.FailuresPerAddress,
            _ => options.FailuresInARow,
        };

    /// <summary>Goes on from failures that were stored.</summary>
    public void Restore(int failures, DateTimeOffset lastAt)
    {
        for (int i = 0; i < Math.Min(failures, Free); i++)
            _failures.Enqueue(lastAt);
        _beyond = Math.Max(0, failures - Free);
        _lastFailedAt = lastAt;
        if (failures >= Free)
            _blockedUntil = lastAt + Delay();
    }

    /// <summary>Begins a try: null when it may go on, else for how long to wait.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        Forget(now);
        if (Tries >= Limit)
            return options.LongestDelay;

        bool free = _failures.Count + _underWay.Count < Free;
        bool next = _underWay.Count == 0 && now >= _blockedUntil;
        if (!free && !next)
            return _blockedUntil > now ? _blockedUntil - now : options.FirstDelay;

        _underWay.Enqueue(now);
        return null;
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

    /// <summary>Ends a try with the right secret. A network's failures stand; all others are forgotten.</summary>
    public void Succeed()
    {
        Withdraw();
        if (!PerNetwork)
            Clear();
    }

    /// <summary>Forgets the failures.</summary>
    public void Clear()
    {
        _failures.Clear();
        _beyond = 0;
        _blockedUntil = DateTimeOffset.MinValue;
    }

    private TimeSpan Delay()
    {
        double delay = options.FirstDelay.TotalSeconds * Math.Pow(2, _beyond);
        return TimeSpan.FromSeconds(Math.Min(delay, options.LongestDelay.TotalSeconds));
    }

    private void Add(DateTimeOffset now)
    {
        if (_failures.Count >= Free)
        {
            _failures.Dequeue();
            _beyond++;
        }

        _failures.Enqueue(now);
        _lastFailedAt = now;
        if (_failures.Count >= Free)
            _blockedUntil = now + Delay();
    }

    private void Forget(DateTimeOffset now)
    {
        while (_underWay.TryPeek(out DateTimeOffset begun) && now - begun > LongestTry)
        {
            _underWay.Dequeue();
            Add(begun + LongestTry);
        }

        if (!PerNetwork)
        {
            if (Failures > 0 && now - _lastFailedAt >= RememberedFor)
                Clear();
            return;
        }

        while (
            _failures.TryPeek(out DateTimeOffset failed) && now - failed >= options.NetworkWindow
        )
            _failures.Dequeue();

        if (_failures.Count < Free)
            _beyond = 0;
    }
}
