namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>
/// A clock whose monotonic time and wall time can move separately, as when a machine is suspended or its time is set.
/// </summary>
public sealed class SplitClock : TimeProvider
{
    private long _monotonic = 1_000_000;
    private DateTimeOffset _wall = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _monotonic;

    public override DateTimeOffset GetUtcNow() => _wall;

    public void Pass(TimeSpan time)
    {
        MoveMonotonic(time);
        MoveWall(time);
    }

    public void MoveMonotonic(TimeSpan time) => _monotonic += time.Ticks;

    public void MoveWall(TimeSpan time) => _wall += time;
}
