namespace SessionAuth.Grains.Tests.Registry;

/// <summary>The monotonic and the wall clock, which a test moves each for itself; timers run in real time.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private DateTimeOffset _wall = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private TimeSpan _monotonic = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _monotonic.Ticks;

    public void MoveWall(TimeSpan by) => _wall += by;

    public void MoveMonotonic(TimeSpan by) => _monotonic += by;
}
