using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <summary>
/// A session as its activation knows it: what is durable, and what its use has taught since. All decisions are made
/// here, without storage and without a clock.
/// </summary>
/// <param name="id">The session.</param>
/// <param name="durable">The session as read or written last.</param>
/// <param name="grace">For how long two clients may hold the same refresh token.</param>
internal sealed class KnownSession(SessionId id, SessionState durable, TimeSpan grace)
{
    private DateTimeOffset _lastSeenAt = durable.LastSeenAt;
    private Rotation _rotation = durable.Rotation;
    private bool _replacedHaveEnded = durable.Replaces.Count == 0;

    /// <summary>What is stored. It changes when a write is durable, and not before.</summary>
    public SessionState Durable { get; private set; } = durable;

    /// <summary>Whether its use has taught something that is not stored.</summary>
    public bool IsAhead =>
        Durable.RevokedAt is null
        && (
            Durable.LastSeenAt != _lastSeenAt
            || !ReferenceEquals(Durable.Rotation.Deliveries, _rotation.Deliveries)
            || (_replacedHaveEnded && Durable.Replaces.Count > 0)
        );

    /// <summary>Whether there are sessions that end by the use of this one, and have not yet.</summary>
    public bool HasToEndOthers => !_replacedHaveEnded;

    /// <summary>They have ended, durably.</summary>
    public void ReplacedHaveEnded() => _replacedHaveEnded = true;

    public bool IsLive(DateTimeOffset now) => End(now).At is null;

    /// <summary>When and why it ended; nulls while it is live.</summary>
    public (DateTimeOffset? At, SessionEndReason? Reason) End(DateTimeOffset now)
    {
        if (Durable.RevokedAt is { } revokedAt)
            return (revokedAt, Durable.RevokeReason);

        DateTimeOffset endsAt = Durable.EndsAt(_lastSeenAt);
        return now < endsAt ? (null, null) : (endsAt, SessionEndReason.Expired);
    }

    /// <summary>What an access token of this generation is worth, which counts as use.</summary>
    public SessionStanding Check(long generation, DateTimeOffset now)
    {
        SessionStanding standing = Standing(generation, now);
        if (standing is SessionStanding.Live or SessionStanding.Restricted)
            Seen(generation, now);
        return standing;
    }

    /// <summary>What an access token of this generation is worth.</summary>
    public SessionStanding Standing(long generation, DateTimeOffset now)
    {
        if (!IsLive(now))
            return SessionStanding.Ended;
        if (generation < Durable.Rotation.LeastGeneration)
            return SessionStanding.Superseded;
        return Durable.Restricted ? SessionStanding.Restricted : SessionStanding.Live;
    }

    /// <summary>What a refresh token of this generation is worth, which counts as use unless it is refused.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="ip">The client's address.</param>
    /// <param name="now">The time.</param>
    /// <returns>The decision, and what has to be stored before it is answered; null when nothing has.</returns>
    public (RefreshDecision Decision, SessionState? Next) Refresh(
        long generation,
        string ip,
        DateTimeOffset now
    )
    {
        RefreshDecision decision = _rotation.Decide(generation, now, grace);
        switch (decision)
        {
            case RefreshDecision.HeldUp:
                return (decision, null);
            case RefreshDecision.Reuse:
                return (decision, Revoked(SessionEndReason.RefreshTokenReuse, now));
            case RefreshDecision.Repeat:
                Seen(generation, now);
                return (decision, null);
            case RefreshDecision.RepeatWithoutProof:
                Seen(generation, now);
                return (decision, Durable.HasProof ? Learnt().WithoutProof() : null);
            case RefreshDecision.Rotate:
            case RefreshDecision.RotateFromToken:
                Seen(generation, now);
                SessionState learnt = Learnt();
                return (
                    decision,
                    learnt with
                    {
                        Rotation = learnt.Rotation.Advance(now),
                        Device = learnt.Device with { Ip = ip },
                    }
                );
        }

        throw new InvalidOperationException($"There is no decision {decision}.");
    }

    /// <summary>What is to be stored after a proof of who is there, or when the tokens alone are to be replaced.</summary>
    /// <param name="proof">The proof; null to keep the one that there is.</param>
    /// <param name="now">The time.</param>
    public SessionState Proved(SessionProof? proof, DateTimeOffset now) =>
        Learnt().WithProof(proof, now);

    /// <summary>What is to be stored so that it ends; one that has expired ended then, and for that reason.</summary>
    public SessionState Revoked(SessionEndReason reason, DateTimeOffset now)
    {
        (DateTimeOffset? endedAt, SessionEndReason? ended) = End(now);
        return Learnt() with { RevokedAt = endedAt ?? now, RevokeReason = ended ?? reason };
    }

    /// <summary>What is to be stored so that nothing that its use has taught is lost.</summary>
    public SessionState Learnt() =>
        Durable with
        {
            LastSeenAt = _lastSeenAt,
            Rotation = Durable.Rotation with { Deliveries = _rotation.Deliveries },
            Replaces = _replacedHaveEnded ? [] : Durable.Replaces,
        };

    /// <summary>The next state is durable. Checks may have taught more while it was written.</summary>
    public void Keep(SessionState next)
    {
        _rotation = next.Rotation with { Deliveries = _rotation.Deliveries };
        Durable = next;
        if (next.LastSeenAt > _lastSeenAt)
            _lastSeenAt = next.LastSeenAt;
    }

    /// <summary>
    /// What is to be stored so that nobody learns from where it was used; null when there is nothing to forget, or it
    /// was used since and goes on.
    /// </summary>
    public SessionState? WithoutTraces(DateTimeOffset before, DateTimeOffset now)
    {
        (DateTimeOffset? endedAt, SessionEndReason? reason) = End(now);
        bool goesOn = endedAt is null && _lastSeenAt >= before;
        SessionState next = Learnt() with
        {
            Device = ClientDevice.Forgotten,
            RevokedAt = endedAt,
            RevokeReason = reason,
        };
        bool isForgotten = Durable.Device == next.Device && Durable.RevokedAt == next.RevokedAt;
        return goesOn || isForgotten ? null : next;
    }

    public SessionGrant Grant() =>
        new(
            id,
            UserId.Parse(Durable.UserId),
            Durable.Rotation.Generation,
            Durable.EndsAt(_lastSeenAt),
            Durable.Persistent,
            Durable.Restricted
        );

    public SessionSnapshot Snapshot(DateTimeOffset now)
    {
        (DateTimeOffset? endedAt, SessionEndReason? reason) = End(now);
        return new(
            id,
            UserId.Parse(Durable.UserId),
            Durable.Device,
            Durable.CreatedAt,
            _lastSeenAt,
            Durable.EndsAt(_lastSeenAt),
            endedAt,
            reason,
            Durable.ProvedAt,
            new(Durable.ProvedBy, Durable.Restricted)
        );
    }

    // A token of this generation was used, and has thereby been delivered.
    private void Seen(long generation, DateTimeOffset now)
    {
        if (now > _lastSeenAt)
            _lastSeenAt = now;
        _rotation = _rotation.CameBack(generation, now, grace);
    }
}
