namespace SessionAuth.Grains.Throttling;

/// <summary>
/// The back-off of one address or one network: so many failures are free, after them one try at a time, each
/// after a wait that doubles. Tries under way hold places, so that many at once cannot outrun the count.
/// </summary>
/// <param name="options">The numbers.</param>
/// <param name="perNetwork">Whether failures count for a window of time, or in a row.</param>
public sealed class BackOff(ThrottleOptions options, bool perNetwork)
{
    // A try whose end was never told, because its node died, holds its place for no longer.
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _underWay = new();
    private readonly Queue<DateTimeOffset> _failures = new();
    private int _beyond;
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    private int Limit => perNetwork ? options.FailuresPerNetwork : options.FailuresPerAddress;

    /// <summary>Begins a try: null when it may go on, else for how long to wait.</summary>
    public TimeSpan? Begin(DateTimeOffset now)
    {
        Forget(now);
        bool free = _failures.Count + _underWay.Count < Limit;
        bool next = _underWay.Count == 0 && now >= _blockedUntil;
        if (!free && !next)
            return _blockedUntil > now ? _blockedUntil - now : options.FirstDelay;

        _underWay.Enqueue(now);
        return null;
    }

    /// <summary>Ends a try whose password was not looked at: it does not count.</summary>
    public void Withdraw() => _underWay.TryDequeue(out _);

    /// <summary>Ends a try with a wrong password.</summary>
    public void Fail(DateTimeOffset now)
    {
        Withdraw();
        Forget(now);
        if (_failures.Count >= Limit)
        {
            _failures.Dequeue();
            _beyond++;
        }

        _failures.Enqueue(now);
        if (_failures.Count >= Limit)
            _blockedUntil = now + Delay();
    }

    /// <summary>Ends a try with the right password. Clears an address; a network's failures stand.</summary>
    public void Succeed()
    {
        Withdraw();
        if (perNetwork)
            return;

        _failures.Clear();
        _beyond = 0;
        _blockedUntil = DateTimeOffset.MinValue;
    }

    private TimeSpan Delay()
    {
        double delay = options.FirstDelay.TotalSeconds * Math.Pow(2, _beyond);
        return TimeSpan.FromSeconds(Math.Min(delay, options.LongestDelay.TotalSeconds));
    }

    private void Forget(DateTimeOffset now)
    {
        while (_underWay.TryPeek(out DateTimeOffset begun) && now - begun > LongestTry)
            _underWay.Dequeue();

        if (!perNetwork)
            return;

        while (
            _failures.TryPeek(out DateTimeOffset failed) && now - failed >= options.NetworkWindow
        )
            _failures.Dequeue();

        if (_failures.Count < Limit)
            _beyond = 0;
    }
}
