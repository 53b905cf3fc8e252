namespace SessionAuth.Clustering.Fencing;

/// <summary>A reading of both clocks of the machine.</summary>
/// <param name="Timestamp">The monotonic clock, which may stop while the machine is suspended.</param>
/// <param name="Wall">The wall clock, which may be set.</param>
internal sealed record ClockReading(long Timestamp, DateTimeOffset Wall)
{
    public static ClockReading Now(TimeProvider clock) =>
        new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>
    /// The larger of the times that the two clocks have measured since: no more has passed, unless both stood still. For
    /// limits on what this silo itself may do.
    /// </summary>
    public TimeSpan AtMostElapsed(TimeProvider clock)
    {
        (TimeSpan monotonic, TimeSpan wall) = Elapsed(clock);
        return wall > monotonic ? wall : monotonic;
    }

    /// <summary>The time since, by each of the clocks.</summary>
    public (TimeSpan Monotonic, TimeSpan Wall) Elapsed(TimeProvider clock) =>
        (clock.GetElapsedTime(Timestamp), clock.GetUtcNow() - Wall);
}
