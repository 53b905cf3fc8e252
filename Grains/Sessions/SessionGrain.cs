using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Security;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// <para>
/// The shell of <see cref="Session"/>: it waits until memory is what is stored, asks the rules, stores what they decide
/// in one write, and performs the effects.
/// </para>
/// <para>
/// Calls queue, except for those that only read memory: they interleave, so that a check never waits for a write. Such a
/// call sees what is durable, not what is being written: a check that saw a revocation whose write then failed would
/// refuse a session that goes on. While the outcome of a write is unknown, checks go on by what was stored before, and
/// nothing else is answered.
/// </para>
/// </remarks>
// A session in use stays in memory: its first check after a start is the only one that reads storage.
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
    private Session? _session;
    private DateTimeOffset _lastWriteAt;
    private Task _write = Task.CompletedTask;
    private BriefStay? _stay;

    private DateTimeOffset Now => clock.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = SessionId.Parse(this.GetPrimaryKeyString());
        _lastWriteAt = Now;
        stored.Settled = KeepWhatIsStored;
        if (stored.RecordExists)
            _session = Session.Load(_id, stored.State, options.Value.Rules);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        _hasLeft = true;
        await WriteUnderWay();
        if (stored.IsKnown && _session is { } session)
            await TrySaveActivity(session);
    }

    public async Task<SessionGrant> Start(SessionStart start)
    {
        _stay?.Cancel();
        stored.RequireKnown();
        if (_session is { } started)
        {
            return started.BelongsTo(start.User)
                ? started.Grant()
                : throw new InvalidOperationException("The session is another user's.");
        }

        Session session = Session.Begin(_id, start, options.Value.Rules, Now);
        await stored.Write(session.Saved);
        _session = session;
        return session.Grant();
    }

    public async Task<SessionGrant?> Prove(UserId owner, SessionProof? proof) =>
        await WhenSettled() is { } session ? await Commit(session.Prove(owner, proof, Now)) : null;

    public ValueTask<SessionStanding> Check(UserId user, long generation)
    {
        if (_session is not { } session)
        {
            DeactivateIfNotFound();
            return new(SessionStanding.Unknown);
        }

        DateTimeOffset now = Now;
        (SessionStanding standing, Session next) = session.Check(user, generation, now);
        _session = next;
        if (standing != SessionStanding.Unknown)
            SaveActivityIfDue(next, now);
        return
            next.MustEndReplaced && standing is SessionStanding.Live or SessionStanding.Restricted
            ? new(FirstCheck(user, generation))
            : new(standing);
    }

    public async Task<RefreshAnswer> Refresh(
        long generation,
        string ip,
        CancellationToken cancellationToken
    )
    {
        if (await WhenSettled() is not { } session)
            return new(RefreshOutcome.NotLive);

        Decision<Session, SessionEffect, RefreshResult> decision = session.Refresh(
            generation,
            ip,
            Now
        );
        if (decision.Result is not RefreshResult.NotLive)
            cancellationToken.ThrowIfCancellationRequested();
        Report(decision.Result, ip);
        return Answer(await Commit(decision));
    }

    public async Task<bool> Revoke(SessionEndReason reason, UserId? owner) =>
        await WhenSettled() is { } session && await Commit(session.Revoke(reason, owner, Now));

    public async Task ForgetTraces(UserId owner, DateTimeOffset before)
    {
        if (await WhenSettled() is { } session)
            await Commit(session.ForgetTraces(owner, before, Now));
    }

    public Task<SessionSnapshot?> Describe()
    {
        stored.RequireKnown();
        DeactivateIfNotFound();
        return Task.FromResult(_session?.Snapshot(Now));
    }

    public Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher)
    {
        stored.RequireKnown();
        DeactivateIfNotFound();
        DateTimeOffset now = Now;
        if (_session is not { } session || session.End(now) is not null)
            return Task.FromResult(new WatchAnswer(WatchOutcome.Ended, _session?.End(now)?.Reason));

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

    private static RefreshAnswer Answer(RefreshResult result) =>
        result.Match<RefreshAnswer>(
            refreshed => new(RefreshOutcome.Refreshed, refreshed.Grant),
            refreshed => new(RefreshOutcome.Refreshed, refreshed.Grant),
            heldUp => new(RefreshOutcome.HeldUp),
            replayed => new(RefreshOutcome.NotLive),
            notLive => new(RefreshOutcome.NotLive)
        );

    private async Task<TResult> Commit<TResult>(Decision<Session, SessionEffect, TResult> decision)
    {
        // A token that has come back has, whether the write succeeds or not.
        if (_session is { } session)
            _session = session with { Activity = decision.Next.Activity };
        if (decision.MustStore)
            await Store(decision.Next);
        foreach (SessionEffect effect in decision.Effects)
            await Perform(effect);
        return decision.Result;
    }

    private Task Perform(SessionEffect effect) =>
        effect.Match(
            ended =>
            {
                TellEnded(ended.Reason);
                return Task.CompletedTask;
            },
            _ => EndReplaced(),
            _ => FirstUse()
        );

    private void TellEnded(SessionEndReason reason)
    {
        LogEnded(security.Logger, _id.Fingerprint, _session!.Value.Saved.UserId, reason);
        _watchers.Tell(reason);
    }

    private void SaveActivityIfDue(Session session, DateTimeOffset now)
    {
        bool due = now - _lastWriteAt >= options.Value.CoarseWriteInterval;
        if (!due || !stored.IsKnown || !_write.IsCompleted || !session.HasUnsavedActivity)
            return;

        _lastWriteAt = now;
        TrySaveActivity(session).Ignore();
    }

    private async Task TrySaveActivity(Session session)
    {
        try
        {
            await Commit(session.SaveActivity());
        }
        catch (Exception e)
        {
            LogCoarseWriteFailed(e, _id.Fingerprint);
        }
    }

    private Task Store(Session next) => _write = StoreThenKeep(next.Saved);

    // Checks may have taught more while it was written.
    private async Task StoreThenKeep(SessionState next)
    {
        await stored.Write(next);
        _session = _session?.WithSaved(next);
        _lastWriteAt = Now;
    }

    // The session, when it is what is stored; null when there is none.
    private async Task<Session?> WhenSettled()
    {
        await WriteUnderWay();
        stored.RequireKnown();
        DeactivateIfNotFound();
        return _session;
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

        bool hadEnded = _session is { Saved.RevokedAt: not null };
        _session = _session is { } session
            ? session.WithSaved(stored.State)
            : Session.Load(_id, stored.State, options.Value.Rules);
        if (!hadEnded && stored.State.RevokeReason is { } reason)
            TellEnded(reason);
    }

    // A call for an id that was never a session's must not leave an activation behind.
    private void DeactivateIfNotFound()
    {
        if (_session is null && stored.IsKnown)
            (_stay ??= new(this)).Extend();
    }
}
