namespace SessionAuth.Domain.Leases;

/// <summary>A lease as a silo grants it.</summary>
/// <param name="Length">For how long, from the time before the holder asked for it.</param>
/// <param name="Recalls">
/// The recalls that the holder has not acknowledged. It carries them out before the lease counts.
/// </param>
public sealed record LeaseGrant(TimeSpan Length, IReadOnlyList<StandingRecall> Recalls);
