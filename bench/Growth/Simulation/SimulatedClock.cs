namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>The clock of all simulated processes.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;
}
