namespace SessionAuth.Silo.Fencing;

/// <summary>A moment by both clocks of the machine.</summary>
/// <param name="Timestamp">By the monotonic clock, which a suspended machine may stop.</param>
/// <param name="Wall">By the wall clock, which somebody may set.</param>
internal sealed record Moment(long Timestamp, DateTimeOffset Wall)
{
    public static Moment Now(TimeProvider clock) => new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <summary>How long ago it was, at least: by the clock that says more.</summary>
    public TimeSpan Age(TimeProvider clock)
    {
        TimeSpan monotonic = clock.GetElapsedTime(Timestamp);
        TimeSpan wall = clock.GetUtcNow() - Wall;
        return wall > monotonic ? wall : monotonic;
    }
}
