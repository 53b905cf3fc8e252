namespace SessionAuth.Clustering.Fencing;

/// <summary>A reading of both clocks of the machine.</summary>
/// <param name="Timestamp">The monotonic clock, which may stop while the machine is suspended.</param>
/// <param name="Wall">The wall clock, which may be set.</param>
internal sealed record ClockReading(long Timestamp, DateTimeOffset Wall)
{
    public static ClockReading Now(TimeProvider clock) =>
        new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>
    /// An upper bound of the elapsed time, unless both clocks stood still: the larger of what they measured. For limits
    /// on what this silo itself may do.
    /// </summary>
    public TimeSpan AtMostElapsed(TimeProvider clock)
    {
        (TimeSpan monotonic, TimeSpan wall) = Elapsed(clock);
        return wall > monotonic ? wall : monotonic;
    }

    /// <summary>The elapsed time by each of the clocks.</summary>
    public (TimeSpan Monotonic, TimeSpan Wall) Elapsed(TimeProvider clock) =>
        (clock.GetElapsedTime(Timestamp), clock.GetUtcNow() - Wall);
}
