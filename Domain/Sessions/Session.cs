namespace SessionAuth.Domain.Sessions;

/// <summary>
/// The rules of a session: validity, token refresh and end. Immutable and pure: no clock, no storage.
/// </summary>
/// <remarks>A struct, so that a check, which changes only <see cref="Activity"/>, does not allocate.</remarks>
/// <param name="Id">The session id.</param>
/// <param name="Saved">The stored state.</param>
/// <param name="Activity">The activity in memory, part of which may not be stored yet.</param>
/// <param name="Rules">The timeouts and the rotation grace.</param>
public readonly partial record struct Session(
    SessionId Id,
    SessionState Saved,
    SessionActivity Activity,
    SessionRules Rules
)
{
    /// <summary>Creates a session from its stored state.</summary>
    public static Session Load(SessionId id, SessionState saved, SessionRules rules) =>
        new(id, saved, SessionActivity.Of(saved), rules);

    /// <summary>Starts a session for a user who has just signed in.</summary>
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
            Replaces = start.Replaces is { Count: > 0 } replaced
                ? [.. replaced.Select(session => session.Value)]
                : [],
        };
        return Load(id, first, rules);
    }

    /// <summary>When the session was last used.</summary>
    public DateTimeOffset LastSeenAt =>
        Activity.LastSeenAt > Saved.LastSeenAt ? Activity.LastSeenAt : Saved.LastSeenAt;

    /// <summary>When the session expires unless it is used: the earlier of the idle and the absolute timeout.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            DateTimeOffset idleEnd = LastSeenAt + Saved.IdleTimeout;
            return idleEnd < Saved.ExpiresAt ? idleEnd : Saved.ExpiresAt;
        }
    }

    /// <summary>Whether there is activity that is not stored.</summary>
    public bool HasUnsavedActivity =>
        Saved.RevokedAt is null
        && (
            LastSeenAt != Saved.LastSeenAt
            || !ReferenceEquals(Activity.Deliveries, Saved.Rotation.Deliveries)
            || (Activity.ReplacedHaveEnded && Saved.Replaces.Count > 0)
        );

    /// <summary>Whether a token was presented whose delivery is not stored as confirmed.</summary>
    public bool HasUnsavedDelivery =>
        Saved.RevokedAt is null && !ReferenceEquals(Activity.Deliveries, Saved.Rotation.Deliveries);

    /// <summary>
    /// Whether there are replaced sessions that end with the first use of this one and have not ended yet.
    /// </summary>
    public bool MustEndReplaced => !Activity.ReplacedHaveEnded;

    /// <summary>Whether the session belongs to this user.</summary>
    public bool BelongsTo(UserId user) => Saved.User == user;

    /// <summary>Whether the session is neither revoked nor expired.</summary>
    public bool IsLive(DateTimeOffset now) => Saved.RevokedAt is null && now < ExpiresAt;

    /// <summary>The end of the session; null while it is live.</summary>
    public SessionEnd? End(DateTimeOffset now)
    {
        if (Saved is { RevokedAt: { } revokedAt, RevokeReason: { } reason })
            return new(revokedAt, reason);

        DateTimeOffset expiresAt = ExpiresAt;
        return now < expiresAt ? null : new(expiresAt, SessionEndReason.Expired);
    }

    /// <summary>
    /// Checks an access token. A valid one counts as activity and confirms the delivery of its generation.
    /// </summary>
    /// <param name="user">The subject of the token.</param>
    /// <param name="generation">The generation of the token.</param>
    /// <param name="now">The current time.</param>
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

    /// <summary>Checks an access token without counting as activity.</summary>
    /// <param name="user">The subject of the token.</param>
    /// <param name="generation">The generation of the token.</param>
    /// <param name="now">The current time.</param>
    public SessionStanding Standing(UserId user, long generation, DateTimeOffset now)
    {
        if (!BelongsTo(user))
            return SessionStanding.Unknown;
        if (!IsLive(now))
            return SessionStanding.Ended;
        if (generation < Saved.Rotation.LeastGeneration)
            return SessionStanding.BeforeStepUp;
        return Saved.Restricted ? SessionStanding.Restricted : SessionStanding.Live;
    }

    /// <summary>What tokens of the current generation are issued from.</summary>
    public SessionTokens Tokens() =>
        new(
            Id,
            Saved.User,
            Saved.Rotation.Generation,
            ExpiresAt,
            Saved.Persistent,
            Saved.Restricted
        );

    /// <summary>A snapshot of the session at this time.</summary>
    public SessionSnapshot Snapshot(DateTimeOffset now)
    {
        SessionEnd? end = End(now);
        return new(
            Id,
            Saved.User,
            Saved.Device,
            Saved.CreatedAt,
            LastSeenAt,
            ExpiresAt,
            end?.At,
            end?.Reason,
            Saved.AuthenticatedAt,
            new(Saved.AuthenticationMethods, Saved.Restricted),
            Applications()
        );
    }

    // A presented token confirms that the response with its generation was delivered.
    private Session Used(long generation, DateTimeOffset now)
    {
        DateTimeOffset lastSeenAt = LastSeenAt;
        return new(
            Id,
            Saved,
            new(
                now > lastSeenAt ? now : lastSeenAt,
                Activity.Deliveries.Presented(
                    generation,
                    now,
                    Rules.RefreshGrace + Rotation.LongestDelay
                ),
                Activity.ReplacedHaveEnded
            ),
            Rules
        );
    }
}
