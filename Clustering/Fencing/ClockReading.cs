namespace SessionAuth.Silo.Fencing;

/// <summary>A moment by both clocks of the machine.</summary>
/// <param name="Timestamp">By the monotonic clock, which a suspended machine may stop.</param>
/// <param name="Wall">By the wall clock, which somebody may set.</param>
internal sealed record Moment(long Timestamp, DateTimeOffset Wall)
{
    public static Moment Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>
    /// No more time than this has passed, unless both clocks stood still: the larger of what they say. For limits on
    /// what this silo itself may do.
    /// </summary>
    public TimeSpan AtMostElapsed(TimeProvider clock)
    {
        (TimeSpan monotonic, TimeSpan wall) = Elapsed(clock);
        return wall > monotonic ? wall : monotonic;
    }

    /// <summary>How much time has passed since by each of the clocks.</summary>
    public (TimeSpan Monotonic, TimeSpan Wall) Elapsed(TimeProvider clock) =>
        (clock.GetElapsedTime(Timestamp), clock.GetUtcNow() - Wall);
}
