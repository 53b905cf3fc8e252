using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Security;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Calls queue, but for those that only read memory: they interleave, so that no check waits for a write under
/// way. They see what is durable and not what is being written: a check that saw a revocation which then failed to
/// be stored would refuse a session that goes on. While the outcome of a write is not known, checks go on by what was
/// stored before, and nothing else is answered.
/// </remarks>
// A session in use stays in memory: its check reads storage once after a start.
[CollectionAgeLimit(Hours = 24)]
[GrainType("session")]
[ExclusiveActivation]
internal sealed partial class SessionGrain(
    [DurableState(GrainStorageNames.Sessions)] DurableState<SessionState> stored,
    IOptions<SessionOptions> options,
    TimeProvider clock,
    SecurityLogger security,
    ILogger<SessionGrain> logger
) : Grain, ISessionGrain
{
    private readonly SessionWatchers _watchers = new(options.Value.MaxWatchers);
    private SessionId _id;
    private KnownSession? _session;
    private DateTimeOffset _lastWriteAt;
    private Task _write = Task.CompletedTask;
    private BriefStay? _stay;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = SessionId.Parse(this.GetPrimaryKeyString());
        _lastWriteAt = clock.GetUtcNow();
        stored.Settled = KeepWhatIsStored;
        if (stored.RecordExists)
            _session = Known(stored.State);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        _hasLeft = true;
        await WriteUnderWay();
        if (stored.IsKnown && _session is { IsAhead: true } session)
            await TryWriteWhatChecksLearnt(session);
    }

    public async Task<SessionGrant> Start(SessionStart start)
    {
        _stay?.Cancel();
        stored.RequireKnown();
        if (_session is { } started)
            return started.Durable.BelongsTo(start.User)
                ? started.Grant()
                : throw new InvalidOperationException("The session is another user's.");

        SessionOptions rules = options.Value;
        DateTimeOffset now = clock.GetUtcNow();
        SessionState first = new()
        {
            UserId = start.User.Value,
            Device = start.Device,
            Persistent = start.Persistent,
            CreatedAt = now,
            ExpiresAt = now + rules.AbsoluteTimeout,
            IdleTimeout = start.Persistent ? rules.IdleTimeout : rules.BriefIdleTimeout,
            LastSeenAt = now,
            ProvedAt = now,
            ProvedBy = start.Proof.Methods,
            Restricted = start.Proof.Restricted,
            Replaces = [.. (start.Replaces ?? []).Select(replaced => replaced.Value)],
        };
        await stored.Write(first);
        _session = Known(first);
        return _session.Grant();
    }

    public async Task<SessionGrant?> Prove(UserId owner, SessionProof? proof)
    {
        await WriteSettled();
        DateTimeOffset now = clock.GetUtcNow();
        if (
            _session is not { } session
            || !session.IsLive(now)
            || !session.Durable.BelongsTo(owner)
        )
        {
            ForgetWhatNeverWas();
            return null;
        }

        await Store(session, session.Proved(proof, now));
        return session.Grant();
    }

    public ValueTask<SessionStanding> Check(UserId user, long generation)
    {
        if (_session is not { } session || !session.Durable.BelongsTo(user))
        {
            ForgetWhatNeverWas();
            return new(SessionStanding.Unknown);
        }

        DateTimeOffset now = clock.GetUtcNow();
        SessionStanding standing = session.Check(generation, now);
        WriteWhatChecksLearntIfDue(session, now);
        return
            session.HasToEndOthers && standing is SessionStanding.Live or SessionStanding.Restricted
            ? new(FirstCheck(session, generation))
            : new(standing);
    }

    public async Task<RefreshAnswer> Refresh(
        long generation,
        string ip,
        CancellationToken cancellationToken
    )
    {
        await WriteSettled();
        DateTimeOffset now = clock.GetUtcNow();
        if (_session is not { } session || !session.IsLive(now))
        {
            ForgetWhatNeverWas();
            return new(RefreshOutcome.NotLive);
        }

        cancellationToken.ThrowIfCancellationRequested();
        SessionState durable = session.Durable;
        (RefreshDecision decision, SessionState? next) = session.Refresh(generation, ip, now);
        if (decision == RefreshDecision.HeldUp)
            return new(RefreshOutcome.HeldUp);

        if (decision == RefreshDecision.Reuse)
            LogReuse(
                security.Logger,
                _id.Fingerprint,
                durable.UserId,
                ip,
                generation,
                durable.Rotation.Generation
            );
        else if (decision == RefreshDecision.RotateFromToken)
            LogAhead(
                security.Logger,
                _id.Fingerprint,
                durable.UserId,
                generation,
                durable.Rotation.Generation
            );
        if (next is not null)
            await Store(session, next);
        if (decision != RefreshDecision.Reuse)
        {
            await FirstUse(session);
            return new(RefreshOutcome.Refreshed, session.Grant());
        }

        TellEnded(session);
        return new(RefreshOutcome.NotLive);
    }

    public async Task<bool> Revoke(SessionEndReason reason, UserId? owner)
    {
        await WriteSettled();
        if (_session is not { } session)
        {
            ForgetWhatNeverWas();
            return false;
        }

        if (owner is { } user && !session.Durable.BelongsTo(user))
            return false;

        // What has expired is written down as well: the clock may be set back.
        if (session.Durable.RevokedAt is null)
        {
            await Store(session, session.Revoked(reason, clock.GetUtcNow()));
            TellEnded(session);
        }

        // A token of this session has come back, so that the browser has it instead of the earlier ones.
        if (owner is null && session.HasToEndOthers)
            await EndReplaced(session);
        return true;
    }

    public async Task ForgetTraces(UserId owner, DateTimeOffset before)
    {
        await WriteSettled();
        ForgetWhatNeverWas();
        if (
            _session is { } session
            && session.Durable.BelongsTo(owner)
            && session.WithoutTraces(before, clock.GetUtcNow()) is { } next
        )
            await Store(session, next);
    }

    public Task<SessionSnapshot?> Describe()
    {
        stored.RequireKnown();
        ForgetWhatNeverWas();
        return Task.FromResult(_session?.Snapshot(clock.GetUtcNow()));
    }

    public Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher)
    {
        stored.RequireKnown();
        ForgetWhatNeverWas();
        DateTimeOffset now = clock.GetUtcNow();
        if (_session is not { } session || !session.IsLive(now))
            return Task.FromResult(new WatchAnswer(WatchOutcome.Ended, _session?.End(now).Reason));

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

    private KnownSession Known(SessionState state) => new(_id, state, options.Value.RefreshGrace);

    private void TellEnded(KnownSession session)
    {
        if (session.Durable.RevokeReason is not { } reason)
            return;

        LogEnded(security.Logger, _id.Fingerprint, session.Durable.UserId, reason);
        _watchers.Tell(reason);
    }

    private void WriteWhatChecksLearntIfDue(KnownSession session, DateTimeOffset now)
    {
        bool due = now - _lastWriteAt >= options.Value.CoarseWriteInterval;
        if (!due || !stored.IsKnown || !_write.IsCompleted || !session.IsAhead)
            return;

        _lastWriteAt = now;
        TryWriteWhatChecksLearnt(session).Ignore();
    }

    private async Task TryWriteWhatChecksLearnt(KnownSession session)
    {
        try
        {
            await Store(session, session.Learnt());
        }
        catch (Exception e)
        {
            LogCoarseWriteFailed(e, _id.Fingerprint);
        }
    }

    private Task Store(KnownSession session, SessionState next) =>
        _write = StoreThenKeep(session, next);

    private async Task StoreThenKeep(KnownSession session, SessionState next)
    {
        await stored.Write(next);
        session.Keep(next);
        _lastWriteAt = clock.GetUtcNow();
    }

    private async Task WriteSettled()
    {
        await WriteUnderWay();
        stored.RequireKnown();
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

    // Until the next write the session is what is stored, whoever has written it.
    private void KeepWhatIsStored()
    {
        if (!stored.RecordExists)
            return;

        bool hadEnded = _session is { Durable.RevokedAt: not null };
        if (_session is { } session)
            session.Keep(stored.State);
        else
            _session = Known(stored.State);
        if (!hadEnded)
            TellEnded(_session!);
    }

    // A call for an id that was never a session's must not leave an activation behind.
    private void ForgetWhatNeverWas()
    {
        if (_session is null && stored.IsKnown)
            (_stay ??= new(this)).Extend();
    }
}
