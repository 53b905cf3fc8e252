namespace SessionAuth.Domain.Sessions;

/// <remarks>What changes a session durably. Whatever is stored includes all that its use has taught so far.</remarks>
public readonly partial record struct Session
{
    /// <summary>
    /// What a refresh token is worth (rotation confirmed by delivery; RFC 9700 §4.14.2). One that is accepted counts as
    /// use. The first use ends the sessions that this one replaces.
    /// </summary>
    /// <param name="generation">The token's generation.</param>
    /// <param name="ip">The client's IP address, for the list of devices.</param>
    /// <param name="now">The time.</param>
    public Decision<Session, SessionEffect, RefreshResult> Refresh(
        long generation,
        string ip,
        DateTimeOffset now
    )
    {
        if (!IsLive(now))
            return Unchanged<RefreshResult>(new RefreshResult.NotLive());

        Rotation rotation = Saved.Rotation with { Deliveries = Activity.Deliveries };
        return rotation.Decide(generation, now, Rules.RefreshGrace) switch
        {
            RefreshDecision.Repeat => Used(generation, now).Repeated(),
            RefreshDecision.RepeatWithoutProof => Used(generation, now).RepeatedWithoutProof(),
            RefreshDecision.Rotate => Used(generation, now).Rotated(ip, now),
            RefreshDecision.RotateFromToken => Used(generation, now)
                .RotatedFromNewerToken(generation, ip, now),
            RefreshDecision.HeldUp => Unchanged<RefreshResult>(new RefreshResult.HeldUp()),
            RefreshDecision.Reuse => Replayed(generation, now),
        };
    }

    /// <summary>
    /// Records a fresh proof of the user's identity (step-up), and makes a new generation before which no access token is
    /// good any more (ASVS 7.2.4).
    /// </summary>
    /// <param name="owner">The user who must own the session.</param>
    /// <param name="proof">The proof; null to keep the one that there is and replace the tokens alone.</param>
    /// <param name="now">The time.</param>
    /// <returns>What the new tokens are made from; null when the session is not live, or is another user's.</returns>
    public Decision<Session, SessionEffect, SessionGrant?> Prove(
        UserId owner,
        SessionProof? proof,
        DateTimeOffset now
    )
    {
        if (!BelongsTo(owner) || !IsLive(now))
            return Unchanged<SessionGrant?>(null);

        SessionState saved = WithActivity();
        saved = saved with
        {
            Rotation = saved.Rotation.AdvanceAndRetire(now),
            LastSeenAt = now,
            RestrictedBefore = saved.Restricted,
        };
        if (proof is not null)
        {
            saved = saved with
            {
                AuthenticatedAt = now,
                AuthenticationMethods = proof.Methods,
                Restricted = proof.Restricted,
            };
        }

        Session next = WithSaved(saved);
        return new(next.Grant(), next, MustStore: true);
    }

    /// <summary>
    /// Ends the session. The first reason stays; a session that has expired ended then, and for that reason. That is
    /// stored as well: the clock may be set back.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="owner">
    /// The user who must own it; null when a token of the session proved the right to end it. Such a token has come back,
    /// so the browser has this session instead of those that it replaces, and they end, too.
    /// </param>
    /// <param name="now">The time.</param>
    /// <returns>False when it is another user's.</returns>
    public Decision<Session, SessionEffect, bool> Revoke(
        SessionEndReason reason,
        UserId? owner,
        DateTimeOffset now
    )
    {
        if (owner is { } user && !BelongsTo(user))
            return Unchanged(false);

        SessionEffect[] replaced =
            owner is null && MustEndReplaced ? [new SessionEffect.EndReplaced()] : [];
        if (Saved.RevokedAt is not null)
            return new(true, this, MustStore: false, replaced);

        SessionEnd end = End(now) ?? new(now, reason);
        return new(
            true,
            Ended(end),
            MustStore: true,
            [new SessionEffect.Ended(end.Reason), .. replaced]
        );
    }

    /// <summary>
    /// Forgets where the session was used, unless it was used since and is live (data retention). The end of one that has
    /// expired is stored with it.
    /// </summary>
    /// <param name="owner">The user who must own it.</param>
    /// <param name="before">A live session that was used at this time or later keeps it.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public Decision<Session, SessionEffect, bool> ForgetTraces(
        UserId owner,
        DateTimeOffset before,
        DateTimeOffset now
    )
    {
        SessionEnd? end = End(now);
        bool goesOn = end is null && LastSeenAt >= before;
        bool isForgotten = Saved.Device == ClientDevice.Forgotten && Saved.RevokedAt == end?.At;
        if (!BelongsTo(owner) || goesOn || isForgotten)
            return Unchanged(false);

        Session next = WithSaved(
            WithActivity() with
            {
                Device = ClientDevice.Forgotten,
                RevokedAt = end?.At,
                RevokeReason = end?.Reason,
            }
        );
        return new(true, next, MustStore: true);
    }

    /// <summary>Stores what its use has taught.</summary>
    /// <returns>Whether there was anything.</returns>
    public Decision<Session, SessionEffect, bool> SaveActivity() =>
        HasUnsavedActivity
            ? new(true, WithSaved(WithActivity()), MustStore: true)
            : Unchanged(false);

    /// <summary>This session when another state of it is stored. What its use has taught meanwhile is kept.</summary>
    public Session WithSaved(SessionState saved) => this with { Saved = saved };

    /// <summary>This session when those that it replaces have ended.</summary>
    public Session WithReplacedEnded() =>
        this with
        {
            Activity = Activity with { ReplacedHaveEnded = true },
        };

    private Decision<Session, SessionEffect, RefreshResult> Repeated() =>
        new(new RefreshResult.Refreshed(Grant()), this, MustStore: false, EffectsOfUse());

    // Whoever holds a token from before the last step-up has proved nothing since.
    private Decision<Session, SessionEffect, RefreshResult> RepeatedWithoutProof()
    {
        bool hasProof =
            Saved.AuthenticatedAt is not null || (Saved.RestrictedBefore && !Saved.Restricted);
        if (!hasProof)
            return Repeated();

        Session next = WithSaved(
            WithActivity() with
            {
                AuthenticatedAt = null,
                AuthenticationMethods = [],
                Restricted = Saved.RestrictedBefore,
            }
        );
        return new(
            new RefreshResult.Refreshed(next.Grant()),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private Decision<Session, SessionEffect, RefreshResult> Rotated(string ip, DateTimeOffset now)
    {
        Session next = WithNextGeneration(ip, now);
        return new(
            new RefreshResult.Refreshed(next.Grant()),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private Decision<Session, SessionEffect, RefreshResult> RotatedFromNewerToken(
        long presented,
        string ip,
        DateTimeOffset now
    )
    {
        Session next = WithNextGeneration(ip, now);
        return new(
            new RefreshResult.RefreshedFromNewerToken(
                next.Grant(),
                presented,
                Saved.Rotation.Generation
            ),
            next,
            MustStore: true,
            EffectsOfUse()
        );
    }

    private Decision<Session, SessionEffect, RefreshResult> Replayed(
        long presented,
        DateTimeOffset now
    )
    {
        SessionEnd end = new(now, SessionEndReason.RefreshTokenReuse);
        return new(
            new RefreshResult.Replayed(presented, Saved.Rotation.Generation),
            Ended(end),
            MustStore: true,
            new SessionEffect.Ended(end.Reason)
        );
    }

    private Decision<Session, SessionEffect, TResult> Unchanged<TResult>(TResult result) =>
        new(result, this, MustStore: false);

    private SessionEffect[] EffectsOfUse() =>
        MustEndReplaced ? [new SessionEffect.EndReplacedInBackground()] : [];

    private Session WithNextGeneration(string ip, DateTimeOffset now)
    {
        SessionState saved = WithActivity();
        return WithSaved(
            saved with
            {
                Rotation = saved.Rotation.Advance(now),
                Device = saved.Device with { Ip = ip },
            }
        );
    }

    private Session Ended(SessionEnd end) =>
        WithSaved(WithActivity() with { RevokedAt = end.At, RevokeReason = end.Reason });

    private SessionState WithActivity() =>
        Saved with
        {
            LastSeenAt = LastSeenAt,
            Rotation = Saved.Rotation with { Deliveries = Activity.Deliveries },
            Replaces = Activity.ReplacedHaveEnded ? [] : Saved.Replaces,
        };
}
