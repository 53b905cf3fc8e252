namespace SessionAuth.Domain.Leases;

/// <summary>The end of a lease, by both clocks of its holder: it has passed as soon as either clock says so.</summary>
/// <remarks>
/// A process that was suspended finds out by whichever clock went on. A wall clock that is set forward ends a lease too
/// early, which is safe; one that is set back has no effect, because the monotonic clock goes on.
/// </remarks>
/// <param name="At">The readings at which it has passed.</param>
public readonly record struct LeaseDeadline(ClockReading At)
{
    /// <summary>The deadline of a lease that was asked for at a time.</summary>
    /// <param name="asked">The time before the request was sent, never that of its answer.</param>
    /// <param name="length">The length that was granted.</param>
    public static LeaseDeadline After(ClockReading asked, TimeSpan length) =>
        new(new(asked.Monotonic + length, asked.Wall + length));

    /// <summary>Whether the lease is over.</summary>
    public bool HasPassed(ClockReading now) => now.Monotonic >= At.Monotonic || now.Wall >= At.Wall;

    /// <summary>The later of two deadlines, by the monotonic clock.</summary>
    public LeaseDeadline OrLater(LeaseDeadline other) => other.At.IsAfter(At) ? other : this;
}
