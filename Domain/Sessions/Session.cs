namespace SessionAuth.Domain.Sessions;

/// <summary>
/// A session: whether it is live, what its tokens are worth, and how it ends. An immutable value; every rule is here, and
/// none of them reads a clock or storage.
/// </summary>
/// <remarks>
/// A struct, so that a check, which changes <see cref="Activity"/> alone, allocates nothing.
/// </remarks>
/// <param name="Id">Its id.</param>
/// <param name="Saved">What is stored.</param>
/// <param name="Activity">What its use has taught, of which some may not be stored yet.</param>
/// <param name="Rules">When it ends, and how its tokens rotate.</param>
public readonly partial record struct Session(
    SessionId Id,
    SessionState Saved,
    SessionActivity Activity,
    SessionRules Rules
)
{
    /// <summary>A session that was read from storage.</summary>
    public static Session Load(SessionId id, SessionState saved, SessionRules rules) =>
        new(id, saved, SessionActivity.Of(saved), rules);

    /// <summary>A new session, of a user who has just signed in.</summary>
    public static Session Begin(
        SessionId id,
        SessionStart start,
        SessionRules rules,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(rules);
        SessionState first = new()
        {
            UserId = start.User.Value,
            Device = start.Device,
            Persistent = start.Persistent,
            CreatedAt = now,
            ExpiresAt = now + rules.AbsoluteTimeout,
            IdleTimeout = start.Persistent ? rules.IdleTimeout : rules.BriefIdleTimeout,
            LastSeenAt = now,
            AuthenticatedAt = now,
            AuthenticationMethods = start.Proof.Methods,
            Restricted = start.Proof.Restricted,
            Replaces = [.. (start.Replaces ?? []).Select(replaced => replaced.Value)],
        };
        return Load(id, first, rules);
    }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastSeenAt =>
        Activity.LastSeenAt > Saved.LastSeenAt ? Activity.LastSeenAt : Saved.LastSeenAt;

    /// <summary>When it ends unless it is used: the earlier of the idle and the absolute timeout.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            DateTimeOffset idleEnd = LastSeenAt + Saved.IdleTimeout;
            return idleEnd < Saved.ExpiresAt ? idleEnd : Saved.ExpiresAt;
        }
    }

    /// <summary>Whether its use has taught something that is not stored.</summary>
    public bool HasUnsavedActivity =>
        Saved.RevokedAt is null
        && (
            LastSeenAt != Saved.LastSeenAt
            || !ReferenceEquals(Activity.Deliveries, Saved.Rotation.Deliveries)
            || (Activity.ReplacedHaveEnded && Saved.Replaces.Count > 0)
        );

    /// <summary>Whether there are sessions that end with the first use of this one, and have not ended yet.</summary>
    public bool MustEndReplaced => !Activity.ReplacedHaveEnded;

    /// <summary>Whether it is this user's.</summary>
    public bool BelongsTo(UserId user) => Saved.UserId == user.Value;

    /// <summary>Whether it has neither been revoked nor expired.</summary>
    public bool IsLive(DateTimeOffset now) => Saved.RevokedAt is null && now < ExpiresAt;

    /// <summary>How it ended; null while it is live.</summary>
    public SessionEnd? End(DateTimeOffset now)
    {
        if (Saved is { RevokedAt: { } revokedAt, RevokeReason: { } reason })
            return new(revokedAt, reason);

        DateTimeOffset expiresAt = ExpiresAt;
        return now < expiresAt ? null : new(expiresAt, SessionEndReason.Expired);
    }

    /// <summary>What an access token is worth. A good one counts as use, and shows that its generation was delivered.</summary>
    /// <param name="user">The user that the token names.</param>
    /// <param name="generation">The token's generation.</param>
    /// <param name="now">The time.</param>
    public (SessionStanding Standing, Session Next) Check(
        UserId user,
        long generation,
        DateTimeOffset now
    )
    {
        SessionStanding standing = Standing(user, generation, now);
        return (
            standing,
            standing is SessionStanding.Live or SessionStanding.Restricted
                ? Used(generation, now)
                : this
        );
    }

    /// <summary>What an access token is worth, without counting as use.</summary>
    /// <param name="user">The user that the token names.</param>
    /// <param name="generation">The token's generation.</param>
    /// <param name="now">The time.</param>
    public SessionStanding Standing(UserId user, long generation, DateTimeOffset now)
    {
        if (!BelongsTo(user))
            return SessionStanding.Unknown;
        if (!IsLive(now))
            return SessionStanding.Ended;
        if (generation < Saved.Rotation.LeastGeneration)
            return SessionStanding.Superseded;
        return Saved.Restricted ? SessionStanding.Restricted : SessionStanding.Live;
    }

    /// <summary>What its newest tokens are made from.</summary>
    public SessionGrant Grant() =>
        new(
            Id,
            UserId.Parse(Saved.UserId),
            Saved.Rotation.Generation,
            ExpiresAt,
            Saved.Persistent,
            Saved.Restricted
        );

    /// <summary>The session as others see it now.</summary>
    public SessionSnapshot Snapshot(DateTimeOffset now)
    {
        SessionEnd? end = End(now);
        return new(
            Id,
            UserId.Parse(Saved.UserId),
            Saved.Device,
            Saved.CreatedAt,
            LastSeenAt,
            ExpiresAt,
            end?.At,
            end?.Reason,
            Saved.AuthenticatedAt,
            new(Saved.AuthenticationMethods, Saved.Restricted)
        );
    }

    // A token of this generation has come back, so its answer was delivered.
    private Session Used(long generation, DateTimeOffset now)
    {
        DateTimeOffset lastSeenAt = LastSeenAt;
        return new(
            Id,
            Saved,
            new(
                now > lastSeenAt ? now : lastSeenAt,
                Activity.Deliveries.CameBack(
                    generation,
                    now,
                    Rules.RefreshGrace + Rotation.LongestHeldUp
                ),
                Activity.ReplacedHaveEnded
            ),
            Rules
        );
    }
}
