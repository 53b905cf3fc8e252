using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// <para>
/// An imperative shell around <see cref="Session"/>, which has the rules: it waits for writes in progress, decides,
/// stores the decision in one write, and performs its effects.
/// </para>
/// <para>
/// Not reentrant, except that calls which only read memory interleave, so that a check never waits for a write. They
/// see the durable state, not the one being written: a check that saw a revocation whose write then failed would refuse
/// a live session. While the outcome of a write is unknown, checks use the state before it, and all other calls fail.
/// </para>
/// </remarks>
// A session in use stays in memory, so that only its first check reads storage.
[CollectionAgeLimit(Hours = 24)]
[GrainType("session")]
[ExclusiveActivation]
internal sealed partial class SessionGrain(
    [DurableState(GrainStorageNames.Sessions)] DurableState<SessionState> stored,
    SessionServices services
) : Grain, ISessionGrain, IStateOwner
{
    // Made when it is needed: few sessions are watched.
    private SessionWatchers? _watchers;
    private Session? _session;
    private Task _write = Task.CompletedTask;
    private IdleDeactivation? _idle;

    private DateTimeOffset Now => services.Clock.GetUtcNow();

    // Parsed when it is needed: the key has it already.
    private SessionId Id => SessionId.Parse(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await stored.Read(cancellationToken);
        WritesFrom(Now);
        stored.Owner = this;
        if (stored.RecordExists)
            _session = Session.Load(Id, stored.State, services.Options.Rules);
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        _hasLeft = true;
        services.Uses.Remove(Id, this);
        try
        {
            await WriteUnderWay();
            // Whatever the token says: another silo may activate the session as soon as this one has left.
            await RecallBeforeLeaving();
            if (stored.IsKnown && Current is { } session)
                await TrySaveActivity(session);
        }
        finally
        {
            await stored.Leave(cancellationToken);
        }
    }

    public async Task<SessionTokens> Start(SessionStart start)
    {
        _idle?.Cancel();
        stored.RequireKnown();
        if (Current is { } started)
        {
            return started.BelongsTo(start.User)
                ? started.Tokens()
                : throw new InvalidOperationException("The session is another user's.");
        }

        Session session = Session.Begin(Id, start, services.Options.Rules, Now);
        await stored.Write(session.Saved);
        _session = session;
        return session.Tokens();
    }

    public async Task<SessionTokens?> Prove(UserId owner, SessionProof? proof) =>
        await WhenSettled() is { } session ? await Commit(session.Prove(owner, proof, Now)) : null;

    public ValueTask<SessionStanding> Check(UserId user, long generation)
    {
        if (Current is not { } session)
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

    public ValueTask<LeasedCheck> CheckFor(UserId user, long generation, HolderId holder)
    {
        ValueTask<SessionStanding> check = Check(user, generation);
        return check.IsCompletedSuccessfully
            ? new(Lease(check.Result, holder))
            : new(WithoutCopy(check));
    }

    public Task Used(TimeSpan ago)
    {
        if (Current is { } session)
        {
            DateTimeOffset now = Now;
            _session = session.UsedAt(now - ago, now);
            SaveActivityIfDue(_session.Value, now);
        }
        else
            DeactivateIfNotFound();
        return Task.CompletedTask;
    }

    public async Task<RefreshAnswer> Refresh(
        long generation,
        string ip,
        CancellationToken cancellationToken
    )
    {
        if (await WhenSettled() is not { } session)
            return new(RefreshOutcome.NotLive);

        SessionDecision<RefreshResult> decision = session.Refresh(generation, ip, Now);
        if (decision.Result is not RefreshResult.NotLive)
            cancellationToken.ThrowIfCancellationRequested();
        Report(decision.Result, ip);
        return Answer(await Commit(decision));
    }

    public async Task<bool> Revoke(SessionEndReason reason, UserId? owner) =>
        await WhenSettled() is { } session && await Commit(session.Revoke(reason, owner, Now));

    public async Task RemoveDeviceData(UserId owner, DateTimeOffset before)
    {
        if (await WhenSettled() is { } session)
            await Commit(session.RemoveDeviceData(owner, before, Now));
    }

    public Task<SessionSnapshot?> Describe()
    {
        stored.RequireKnown();
        DeactivateIfNotFound();
        return Task.FromResult(Current?.Snapshot(Now));
    }

    public Task<WatchAnswer> Watch(Guid stream, ISessionWatcher watcher)
    {
        stored.RequireKnown();
        DeactivateIfNotFound();
        DateTimeOffset now = Now;
        Session? session = Current;
        if (session is null || session.Value.End(now) is not null)
            return Task.FromResult(new WatchAnswer(WatchOutcome.Ended, session?.End(now)?.Reason));

        bool added = (_watchers ??= new(services.Options.MaxWatchers)).TryAdd(stream, watcher, now);
        return Task.FromResult(
            new WatchAnswer(added ? WatchOutcome.Watching : WatchOutcome.TooMany)
        );
    }

    public Task Unwatch(Guid stream)
    {
        _watchers?.Remove(stream);
        return Task.CompletedTask;
    }

    private static RefreshAnswer Answer(RefreshResult result) =>
        result.Match<RefreshAnswer>(
            refreshed => new(RefreshOutcome.Refreshed, refreshed.Tokens),
            refreshed => new(RefreshOutcome.Refreshed, refreshed.Tokens),
            superseded => new(RefreshOutcome.Superseded),
            replayed => new(RefreshOutcome.NotLive),
            notLive => new(RefreshOutcome.NotLive)
        );

    // Denial of service: calls with made-up session ids must not leave activations behind.
    private void DeactivateIfNotFound()
    {
        if (_session is null && stored.IsKnown)
            (_idle ??= new(this)).Schedule();
    }
}
