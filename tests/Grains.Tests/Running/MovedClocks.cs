namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// The monotonic and the wall clock, which a test moves on together; timers run in real time.
/// </summary>
public sealed class MovedClocks : TimeProvider
{
    private long _ticks;

    private TimeSpan Moved => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Moved;

    public override long GetTimestamp() =>
        base.GetTimestamp() + (long)(Moved.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
