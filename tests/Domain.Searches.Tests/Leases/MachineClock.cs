using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Searches.Tests.Leases;

/// <summary>The clocks of one machine, driven by a real time that nobody in a course can read.</summary>
/// <param name="fasterBy">By how many millionths its monotonic clock is faster than the slowest one that is allowed.</param>
/// <param name="stopsWhenSuspended">
/// Whether the monotonic clock stops while the machine is suspended. Then its wall clock is right: of two clocks, one
/// has to be.
/// </param>
internal sealed class MachineClock(int fasterBy, bool stopsWhenSuspended)
{
    private const long Million = 1_000_000;

    private long _monotonic = fasterBy * 1_000L;
    private long _jumped;
    private long _real;

    public bool IsSuspended { get; private set; }

    public ClockReading Read(long real)
    {
        Pass(real);
        return new(new(_monotonic), DateTimeOffset.UnixEpoch.AddTicks(real + _jumped));
    }

    /// <summary>The real time at which the monotonic clock will show a time, unless it is stopped.</summary>
    public long RealAt(TimeSpan monotonic, long real)
    {
        Pass(real);
        long missing = monotonic.Ticks - _monotonic;
        return missing <= 0
            ? real
            : real + (missing * Million + Million + fasterBy - 1) / (Million + fasterBy);
    }

    public void Suspend(long real)
    {
        Pass(real);
        IsSuspended = true;
    }

    public void Resume(long real)
    {
        Pass(real);
        IsSuspended = false;
    }

    /// <summary>Sets the wall clock, unless it is the one that is right.</summary>
    public bool Jump(long ticks)
    {
        if (!stopsWhenSuspended)
            _jumped += ticks;
        return !stopsWhenSuspended;
    }

    private void Pass(long real)
    {
        if (!IsSuspended || !stopsWhenSuspended)
            _monotonic += (real - _real) * (Million + fasterBy) / Million;
        _real = real;
    }
}
