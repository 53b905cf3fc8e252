using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Calls queue, but for those that only read memory: they interleave, so that no check waits for a write under
/// way. They read <see cref="_session"/>, which changes when a write is durable and not before: a check that
/// saw a revocation which then failed to be stored would refuse a session that goes on.
/// </remarks>
// A session in use stays in memory: its check reads storage once after a start.
[CollectionAgeLimit(Hours = 24)]
[GrainType("session")]
internal sealed partial class SessionGrain(
    [PersistentState(GrainStorageNames.Sessions, GrainStorageNames.Provider)]
        IPersistentState<SessionState> stored,
    IOptions<SessionOptions> options,
    TimeProvider clock,
    ILogger<SessionGrain> logger
) : Grain, ISessionGrain
{
    private readonly SessionWatchers _watchers = new(options.Value.MaxWatchers);
    private SessionId _id;
    private SessionState? _session;
    private DateTimeOffset _lastSeenAt;
    private DateTimeOffset? _confirmedAt;
    private DateTimeOffset _lastWriteAt;
    private Task _write = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = SessionId.Parse(this.GetPrimaryKeyString());
        if (stored.RecordExists)
            Keep(stored.State);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        await WriteUnderWay();
        if (_session is { RevokedAt: null } && KnowsMoreThanStored(_session))
            await TryWriteWhatChecksLearnt();
    }

    public async Task<SessionGrant> Start(SessionStart start)
    {
        if (_session is not null)
            return _session.BelongsTo(start.User)
                ? Grant(_session)
                : throw new InvalidOperationException("The session is another user's.");

        SessionOptions rules = options.Value;
        DateTimeOffset now = clock.GetUtcNow();
        await Store(
            new SessionState
            {
                UserId = start.User.Value,
                Device = start.Device,
                Persistent = start.Persistent,
                CreatedAt = now,
                ExpiresAt = now + rules.AbsoluteTimeout,
                IdleTimeout = start.Persistent ? rules.IdleTimeout : rules.BriefIdleTimeout,
                LastSeenAt = now,
                Generation = 1,
            }
        );
        return Grant(_session!);
    }

    public ValueTask<SessionStanding> Check(UserId user, long generation)
    {
        if (_session is not { } session || !session.BelongsTo(user))
        {
            ForgetWhatNeverWas();
            return new(SessionStanding.Unknown);
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (!IsLive(session, now))
            return new(SessionStanding.Ended);

        Seen(now);
        if (generation == session.Generation)
            _confirmedAt ??= now;
        WriteWhatChecksLearntIfDue(session, now);
        return new(SessionStanding.Live);
    }

    public async Task<SessionGrant?> Refresh(
        long generation,
        string ip,
        CancellationToken cancellationToken
    )
    {
        await WriteUnderWay();
        DateTimeOffset now = clock.GetUtcNow();
        if (_session is not { } session || !IsLive(session, now))
            return null;

        cancellationToken.ThrowIfCancellationRequested();
        Rotation rotation = new(session.Generation, session.RotatedAt, _confirmedAt);
        switch (rotation.Decide(generation, now, options.Value.RefreshGrace))
        {
            case RefreshDecision.Repeat:
                Seen(now);
                if (generation == session.Generation)
                    _confirmedAt ??= now;
                return Grant(session);

            case RefreshDecision.Reuse:
                LogReuse(_id.Fingerprint, session.UserId, ip, generation, session.Generation);
                await Revoke(session, SessionEndReason.RefreshTokenReuse, now);
                return null;

            case RefreshDecision.RotateFromToken:
                LogAhead(_id.Fingerprint, session.UserId, generation, session.Generation);
                break;
        }

        await Store(
            session with
            {
                Generation = Math.Max(generation, session.Generation) + 1,
                RotatedAt = now,
                ConfirmedAt = null,
                LastSeenAt = now,
                Device = session.Device with { Ip = ip },
            }
        );
        return Grant(_session);
    }

    public async Task<bool> Revoke(SessionEndReason reason, UserId? owner)
    {
        await WriteUnderWay();
        if (_session is not { } session)
        {
            ForgetWhatNeverWas();
            return false;
        }

        if (owner is { } user && !session.BelongsTo(user))
            return false;

        DateTimeOffset now = clock.GetUtcNow();
        if (IsLive(session, now))
            await Revoke(session, reason, now);
        return true;
    }

    public Task<SessionSnapshot?> Describe()
    {
        if (_session is not { } session)
        {
            ForgetWhatNeverWas();
            return Task.FromResult<SessionSnapshot?>(null);
        }

        (DateTimeOffset? endedAt, SessionEndReason? reason) = End(session, clock.GetUtcNow());
        return Task.FromResult<SessionSnapshot?>(
            new(
                _id,
                UserId.Parse(session.UserId),
                session.Device,
                session.CreatedAt,
                _lastSeenAt,
                session.EndsAt(_lastSeenAt),
                endedAt,
                reason
            )
        );
    }

    public Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher)
    {
        if (_session is not { } session)
        {
            ForgetWhatNeverWas();
            return Task.FromResult(new WatchAnswer(WatchOutcome.Ended));
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (End(session, now).Reason is { } reason)
            return Task.FromResult(new WatchAnswer(WatchOutcome.Ended, reason));

        bool added = _watchers.TryAdd(stream, watcher, now);
        return Task.FromResult(
            new WatchAnswer(added ? WatchOutcome.Watching : WatchOutcome.TooMany)
        );
    }

    public Task Unwatch(Guid stream)
    {
        _watchers.Remove(stream);
        return Task.CompletedTask;
    }

    private bool IsLive(SessionState session, DateTimeOffset now) =>
        session.RevokedAt is null && now < session.EndsAt(_lastSeenAt);

    private (DateTimeOffset? At, SessionEndReason? Reason) End(
        SessionState session,
        DateTimeOffset now
    )
    {
        if (session.RevokedAt is { } revokedAt)
            return (revokedAt, session.RevokeReason);

        DateTimeOffset endsAt = session.EndsAt(_lastSeenAt);
        return now < endsAt ? (null, null) : (endsAt, SessionEndReason.Expired);
    }

    private SessionGrant Grant(SessionState session) =>
        new(
            _id,
            UserId.Parse(session.UserId),
            session.Generation,
            session.EndsAt(_lastSeenAt),
            session.Persistent
        );

    private async Task Revoke(SessionState session, SessionEndReason reason, DateTimeOffset now)
    {
        await Store(
            session with
            {
                RevokedAt = now,
                RevokeReason = reason,
                LastSeenAt = _lastSeenAt,
                ConfirmedAt = _confirmedAt,
            }
        );
        LogEnded(_id.Fingerprint, session.UserId, reason);
        _watchers.Tell(reason);
    }

    private void Seen(DateTimeOffset now)
    {
        if (now > _lastSeenAt)
            _lastSeenAt = now;
    }

    private void WriteWhatChecksLearntIfDue(SessionState session, DateTimeOffset now)
    {
        bool due = now - _lastWriteAt >= options.Value.CoarseWriteInterval;
        if (!due || !_write.IsCompleted || !KnowsMoreThanStored(session))
            return;

        _lastWriteAt = now;
        TryWriteWhatChecksLearnt().Ignore();
    }

    private bool KnowsMoreThanStored(SessionState session) =>
        session.LastSeenAt != _lastSeenAt || session.ConfirmedAt != _confirmedAt;

    private async Task TryWriteWhatChecksLearnt()
    {
        try
        {
            await Store(_session! with { LastSeenAt = _lastSeenAt, ConfirmedAt = _confirmedAt });
        }
        catch (Exception e)
        {
            LogCoarseWriteFailed(e, _id.Fingerprint);
        }
    }

    private Task Store(SessionState next) => _write = StoreThenKeep(next);

    private async Task StoreThenKeep(SessionState next)
    {
        await stored.Write(next, this);
        Keep(next);
    }

    private void Keep(SessionState durable)
    {
        bool sameGeneration = _session?.Generation == durable.Generation;
        _session = durable;
        _lastWriteAt = clock.GetUtcNow();
        Seen(durable.LastSeenAt);
        _confirmedAt = sameGeneration ? _confirmedAt ?? durable.ConfirmedAt : durable.ConfirmedAt;
    }

    private async Task WriteUnderWay()
    {
        while (!_write.IsCompleted)
        {
            await _write.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing
                    | ConfigureAwaitOptions.ContinueOnCapturedContext
            );
        }
    }

    // A call for an id that was never a session's must not leave an activation behind.
    private void ForgetWhatNeverWas()
    {
        if (!stored.RecordExists)
            DeactivateOnIdle();
    }
}
