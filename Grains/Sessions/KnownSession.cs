using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Sessions;

/// <summary>
/// A session as its activation knows it: what is durable, and what checks have learnt since. All decisions are made
/// here, without storage and without a clock.
/// </summary>
/// <param name="id">The session.</param>
/// <param name="durable">The session as read or written last.</param>
internal sealed class KnownSession(SessionId id, SessionState durable)
{
    private DateTimeOffset _lastSeenAt = durable.LastSeenAt;
    private DateTimeOffset? _confirmedAt = durable.ConfirmedAt;

    /// <summary>What is stored. It changes when a write is durable, and not before.</summary>
    public SessionState Durable { get; private set; } = durable;

    /// <summary>Whether checks have learnt something that is not stored.</summary>
    public bool IsAhead =>
        Durable.RevokedAt is null
        && (Durable.LastSeenAt != _lastSeenAt || Durable.ConfirmedAt != _confirmedAt);

    public bool IsLive(DateTimeOffset now) => End(now).At is null;

    /// <summary>When and why it ended; nulls while it is live.</summary>
    public (DateTimeOffset? At, SessionEndReason? Reason) End(DateTimeOffset now)
    {
        if (Durable.RevokedAt is { } revokedAt)
            return (revokedAt, Durable.RevokeReason);

        DateTimeOffset endsAt = Durable.EndsAt(_lastSeenAt);
        return now < endsAt ? (null, null) : (endsAt, SessionEndReason.Expired);
    }

    public RefreshDecision Decide(long generation, DateTimeOffset now, TimeSpan grace) =>
        new Rotation(Durable.Generation, Durable.RotatedAt, _confirmedAt).Decide(
            generation,
            now,
            grace
        );

    /// <summary>The session was used, with a token of this generation, which has thereby been delivered.</summary>
    public void Seen(long generation, DateTimeOffset now)
    {
        if (now > _lastSeenAt)
            _lastSeenAt = now;
        if (generation == Durable.Generation)
            _confirmedAt ??= now;
    }

    /// <summary>What is to be stored so that nothing that checks have learnt is lost.</summary>
    public SessionState WithWhatChecksLearnt() =>
        Durable with
        {
            LastSeenAt = _lastSeenAt,
            ConfirmedAt = _confirmedAt,
        };

    /// <summary>The next state is durable. Checks may have learnt more while it was written.</summary>
    public void Keep(SessionState next)
    {
        bool sameGeneration = Durable.Generation == next.Generation;
        _confirmedAt = sameGeneration ? _confirmedAt ?? next.ConfirmedAt : next.ConfirmedAt;
        Durable = next;
        if (next.LastSeenAt > _lastSeenAt)
            _lastSeenAt = next.LastSeenAt;
    }

    public SessionGrant Grant() =>
        new(
            id,
            UserId.Parse(Durable.UserId),
            Durable.Generation,
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
}
