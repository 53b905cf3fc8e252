namespace SessionAuth.Domain.Leases;

/// <summary>A reading of both clocks of a machine.</summary>
/// <param name="Monotonic">
/// The monotonic clock, from an arbitrary origin. It may stop while the machine is suspended.
/// </param>
/// <param name="Wall">The wall clock, which may be set.</param>
public readonly record struct ClockReading(TimeSpan Monotonic, DateTimeOffset Wall)
{
    /// <summary>Whether this reading was surely taken after another of the same machine.</summary>
    public bool IsAfter(ClockReading other) => Monotonic > other.Monotonic;
}
