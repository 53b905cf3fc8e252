using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Leases;

/// <summary>A holder's copy of a standing.</summary>
/// <remarks>
/// It refers to the lease that it was received under by that lease's number: when the lease lapses and another begins,
/// the copy must not live by the new one, because its recall may have been sent in between.
/// </remarks>
/// <param name="Standing">The standing.</param>
/// <param name="LeaseNumber">The number of the lease that it depends on.</param>
/// <param name="UsableUntil">When it is to be asked for again at the latest.</param>
public sealed record KeptStanding(
    LeasedStanding Standing,
    long LeaseNumber,
    LeaseDeadline UsableUntil
)
{
    /// <summary>
    /// Answers a check of an access token whose signature and lifetime were verified; null when only the session's
    /// grain can. Refusals are never answered from a copy.
    /// </summary>
    /// <param name="user">The user of the token.</param>
    /// <param name="generation">The generation of the token.</param>
    /// <param name="lease">The lease from the silo of the copy, read after the copy was looked up.</param>
    /// <param name="now">The time, read after the copy was looked up.</param>
    public SessionStanding? Answer(UserId user, long generation, HeldLease lease, ClockReading now)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (lease.Number != LeaseNumber)
            return null;
        if (lease.Deadline.HasPassed(now) || UsableUntil.HasPassed(now))
            return null;
        if (user != Standing.User || generation < Standing.LeastGeneration)
            return null;
        if (!WasDelivered(generation))
            return null;
        return Standing.Restricted ? SessionStanding.Restricted : SessionStanding.Live;
    }

    private bool WasDelivered(long generation)
    {
        for (int i = 0; i < Standing.Delivered.Count; i++)
        {
            if (Standing.Delivered[i] == generation)
                return true;
        }
        return false;
    }
}
