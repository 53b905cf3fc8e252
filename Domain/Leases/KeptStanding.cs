using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Leases;

/// <summary>A holder's copy of a standing.</summary>
/// <remarks>
/// <para>
/// It refers to the lease that it was received under by that lease's number: when the lease lapses and another begins,
/// the copy must not live by the new one, because its recall may have been sent in between.
/// </para>
/// <para>A struct, so that it is part of what a holder keeps it in: a check reads little memory.</para>
/// </remarks>
/// <param name="Standing">The standing.</param>
/// <param name="LeaseNumber">The number of the lease that it depends on.</param>
/// <param name="UsableUntil">When it is to be asked for again at the latest.</param>
public readonly record struct KeptStanding(
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
    public SessionStanding? Answer(
        UserId user,
        long generation,
        HeldLease lease,
        ClockReading now
    ) => IsUsable(lease, now) && AnswersTo(user, generation) ? Result : null;

    /// <summary>What every check that it answers has as its result.</summary>
    public SessionStanding Result =>
        Standing.Restricted ? SessionStanding.Restricted : SessionStanding.Live;

    /// <summary>Whether it answers for a token while it is usable. It does so for good, or never.</summary>
    /// <param name="user">The user of the token.</param>
    /// <param name="generation">The generation of the token.</param>
    public bool AnswersTo(UserId user, long generation) =>
        user == Standing.User && generation >= Standing.LeastGeneration && WasDelivered(generation);

    /// <summary>Whether it may be used.</summary>
    /// <param name="lease">The lease from the silo of the copy, read after the copy was looked up.</param>
    /// <param name="now">The time, read after the copy was looked up.</param>
    public bool IsUsable(HeldLease lease, ClockReading now)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return lease.Number == LeaseNumber
            && !lease.Deadline.HasPassed(now)
            && !UsableUntil.HasPassed(now);
    }

    /// <summary>
    /// What it answers to checks of a grant while it is usable; null when only the session's grain can answer. For good,
    /// either of them.
    /// </summary>
    /// <param name="grant">The grant.</param>
    /// <param name="application">The application that the checked value was issued for.</param>
    public GrantStanding? AnswerTo(GrantId grant, ClientId application)
    {
        for (int i = 0; i < Standing.Grants.Count; i++)
        {
            GrantStanding open = Standing.Grants[i];
            if (open.Id == grant && open.Application == application)
                return open;
        }

        return null;
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
