namespace SessionAuth.Domain.Sessions;

/// <remarks>Decisions that change the stored session. Every write includes the unsaved activity.</remarks>
public readonly partial record struct Session
{
    /// <summary>
    /// Records a re-authentication (step-up), and starts a new token generation that invalidates earlier access tokens
    /// (ASVS 7.2.4).
    /// </summary>
    /// <param name="owner">The expected owner of the session.</param>
    /// <param name="proof">
    /// How the user authenticated; null to keep the present proof and only replace the tokens.
    /// </param>
    /// <param name="now">The current time.</param>
    /// <returns>
    /// What the new tokens are issued from; null when the session is not live or belongs to another user.
    /// </returns>
    public SessionDecision<SessionTokens?> Prove(
        UserId owner,
        SessionProof? proof,
        DateTimeOffset now
    )
    {
        if (!BelongsTo(owner) || !IsLive(now))
            return Unchanged<SessionTokens?>(null);

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
        return new(next.Tokens(), next, MustStore: true);
    }

    /// <summary>
    /// Revokes the session. Idempotent: the first reason is kept. An expired session keeps its time and reason of
    /// expiry, which are stored because the clock may be set back.
    /// </summary>
    /// <param name="reason">Why the session is revoked.</param>
    /// <param name="owner">
    /// The expected owner; null when the caller presented a token of the session itself. The browser then has this
    /// session and no longer those that it replaces, so they end, too.
    /// </param>
    /// <param name="now">The current time.</param>
    /// <returns>False when the session belongs to another user.</returns>
    public SessionDecision<bool> Revoke(SessionEndReason reason, UserId? owner, DateTimeOffset now)
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
    /// Removes the device data after its retention time, unless the session is live and was used since. The end of an
    /// expired session is stored with it.
    /// </summary>
    /// <param name="owner">The expected owner of the session.</param>
    /// <param name="before">A live session that was used at this time or later keeps its device data.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether anything was removed.</returns>
    public SessionDecision<bool> RemoveDeviceData(
        UserId owner,
        DateTimeOffset before,
        DateTimeOffset now
    )
    {
        SessionEnd? end = End(now);
        bool goesOn = end is null && LastSeenAt >= before;
        bool isRemoved = Saved.Device == ClientDevice.Removed && Saved.RevokedAt == end?.At;
        if (!BelongsTo(owner) || goesOn || isRemoved)
            return Unchanged(false);

        Session next = WithSaved(
            WithActivity() with
            {
                Device = ClientDevice.Removed,
                RevokedAt = end?.At,
                RevokeReason = end?.Reason,
            }
        );
        return new(true, next, MustStore: true);
    }

    /// <summary>Saves the unsaved activity (write-behind).</summary>
    /// <returns>Whether there was anything to save.</returns>
    public SessionDecision<bool> SaveActivity() =>
        HasUnsavedActivity
            ? new(true, WithSaved(WithActivity()), MustStore: true)
            : Unchanged(false);

    /// <summary>Replaces the stored state, and keeps the activity.</summary>
    public Session WithSaved(SessionState saved) => this with { Saved = saved };

    /// <summary>Records that the replaced sessions have ended.</summary>
    public Session WithReplacedEnded() =>
        this with
        {
            Activity = Activity with { ReplacedHaveEnded = true },
        };

    private SessionDecision<TResult> Unchanged<TResult>(TResult result) =>
        new(result, this, MustStore: false);

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
