namespace SessionAuth.Domain.Leases;

/// <summary>The times and limits of leases.</summary>
/// <param name="Length">The longest lease.</param>
/// <param name="ClockDrift">
/// By which part of the time the clocks of two machines may drift apart. A silo waits for this much longer than a lease.
/// </param>
/// <param name="QuestionLifetime">
/// For how long the answer to a check may be under way. One that took longer is not kept.
/// </param>
/// <param name="MostTombstones">How many recalled sessions a holder remembers for each silo.</param>
public sealed record LeaseRules(
    TimeSpan Length,
    double ClockDrift,
    TimeSpan QuestionLifetime,
    int MostTombstones
)
{
    /// <summary>The rules of a node, but for the length, which a cluster's fence bounds.</summary>
    public static LeaseRules Default { get; } =
        new(
            Length: TimeSpan.FromSeconds(3),
            ClockDrift: 0.02,
            QuestionLifetime: TimeSpan.FromMinutes(1),
            MostTombstones: 100_000
        );
}
