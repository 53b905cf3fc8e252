using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Sessions;

/// <remarks>What checks may be answered from without a call, and what makes such copies void.</remarks>
public readonly partial record struct Session
{
    /// <summary>
    /// How long before the idle timeout a copy is no longer used. Uses of a copy are reported once a minute: with this
    /// allowance, they arrive before the session would expire.
    /// </summary>
    public static readonly TimeSpan LeasingEndsBeforeIdleTimeout = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How old a use may be that needs no decision when its report arrives: it was made from a copy, at least
    /// <see cref="LeasingEndsBeforeIdleTimeout"/> before the session would have expired, so that the session has not.
    /// </summary>
    public static readonly TimeSpan OldestUndecidedUse = TimeSpan.FromSeconds(75);

    /// <summary>What a holder may answer checks from; null when it is to ask for each.</summary>
    /// <param name="version">The version of the standing.</param>
    /// <param name="now">The current time.</param>
    public LeasedStanding? Lease(long version, DateTimeOffset now)
    {
        if (Saved.RevokedAt is not null || MustEndReplaced)
            return null;

        DateTimeOffset idleEnd = LastSeenAt + Saved.IdleTimeout - LeasingEndsBeforeIdleTimeout;
        TimeSpan usableFor = (idleEnd < Saved.ExpiresAt ? idleEnd : Saved.ExpiresAt) - now;
        return usableFor <= TimeSpan.Zero
            ? null
            : new(
                version,
                Saved.User,
                Saved.Rotation.LeastGeneration,
                Activity.Deliveries.Settled(),
                Saved.Restricted,
                usableFor,
                GrantStandings()
            );
    }

    /// <summary>
    /// Whether copies of this session's standing are void once another state is stored: they would accept what it
    /// refuses, or answer differently.
    /// </summary>
    /// <param name="next">The next stored state.</param>
    public bool VoidsCopies(SessionState next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.RevokedAt is not null && Saved.RevokedAt is null
            || next.Rotation.LeastGeneration != Saved.Rotation.LeastGeneration
            || next.Restricted != Saved.Restricted
            || next.ExpiresAt < Saved.ExpiresAt
            || next.IdleTimeout < Saved.IdleTimeout
            || EndsGrants(next);
    }

    /// <summary>
    /// Records a use that was reported earlier, and was not older than <see cref="OldestUndecidedUse"/> then.
    /// </summary>
    /// <param name="at">When the session was last used.</param>
    /// <param name="now">The current time.</param>
    public Session UsedBefore(DateTimeOffset at, DateTimeOffset now)
    {
        DateTimeOffset used = at < now ? at : now;
        return UsedAt(used, used);
    }

    /// <summary>Records uses that a holder has answered from a copy. A session that has expired is not revived.</summary>
    /// <param name="at">When the session was last used.</param>
    /// <param name="now">The current time.</param>
    public Session UsedAt(DateTimeOffset at, DateTimeOffset now)
    {
        DateTimeOffset used = at < now ? at : now;
        return !IsLive(now) || used <= LastSeenAt
            ? this
            : this with
            {
                Activity = Activity with { LastSeenAt = used },
            };
    }
}
