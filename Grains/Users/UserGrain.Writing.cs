using System.Runtime.ExceptionServices;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Users;

/// <remarks>What every change goes through: one write, and then the endings that it brings.</remarks>
internal sealed partial class UserGrain
{
    // The call that has written an ending carries it out itself; this is for when it does not get that far.
    private static readonly TimeSpan s_endingsAreDueAfter = TimeSpan.FromSeconds(20);

    // A session that cannot be ended each time, since its document is damaged, is not tried for ever at that pace.
    private const int MostDoublings = 8;

    private static readonly TimeSpan s_notedIsKeptWithin = TimeSpan.FromSeconds(30);

    // What happened without a change: a flood of wrong passwords must not be a flood of writes.
    private readonly List<AccountEvent> _noted = [];
    private IGrainTimer? _keepNoted;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What was written to be done, if it was, is done as after a crash.
        stored.Settled = () => bell.Ring(Id);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    ) => await KeepNoted();

    /// <summary>Makes the next state durable.</summary>
    private async Task Write(UserState next)
    {
        // Sign-ins that fail meanwhile note more.
        AccountEvent[] kept = [.. _noted];
        IReadOnlyList<AccountEvent> activity = next.Activity;
        foreach (AccountEvent noted in kept)
            activity = activity.With(noted);

        DateTimeOffset now = Now;
        UserState whole = (next with { Activity = activity }).Forgetting(
            now - Rules.TraceRetention
        );
        whole = whole with { DueAt = DueAt(whole, now) };
        try
        {
            await stored.Write(whole);
        }
        finally
        {
            // A write without an answer is repeated, with these in it.
            if (stored.IsKnown is false || ReferenceEquals(stored.State, whole))
                _noted.RemoveAll(noted => kept.Contains(noted));
        }

        if (whole.DueAt <= now)
            bell.Ring(Id);
    }

    /// <summary>Makes a change of the account's secrets durable, which ends all sessions but the one that asks, and then ends them.</summary>
    /// <returns>The new tokens of the session that asks.</returns>
    private async Task<SessionGrant?> Renew(
        UserState next,
        SessionEndReason reason,
        SessionId? asking,
        OperationId? operation,
        SessionProof? proof = null,
        string? result = null,
        SessionId? device = null
    )
    {
        UserState renewed = next.InNewDeviceEpoch(device ?? asking) with
        {
            Stamp = next.Stamp + 1,
            OfferedTotp = null,
            Ending =
            [
                .. next.Ending,
                .. next
                    .Sessions.Where(listed => listed.Id != asking?.Value)
                    .Select(listed => new EndingSession(listed.Id, reason)),
            ],
        };
        await Write(renewed.WithFinished(operation, Now, result));
        return await Renewed(asking, proof);
    }

    /// <summary>What is left to do of such a change when it is durable, and once more when its call is repeated.</summary>
    private async Task<SessionGrant?> Renewed(SessionId? asking, SessionProof? proof = null)
    {
        Exception? left = await Finish();
        SessionGrant? grant = asking is { } session
            ? await GrainFactory.Session(session).Prove(Id, proof)
            : null;
        Require(left);
        return grant is null ? null : grant with { Mark = stored.State.MarkOf(grant.Session) };
    }

    /// <summary>Carries out what was written to end, each by itself: what fails stays due. Safe to repeat.</summary>
    /// <returns>Why a session may not have ended; null when all have.</returns>
    private async Task<Exception?> Finish()
    {
        UserState state = stored.State;
        if (state.Ending.Count + state.LeavingTraces.Count + state.Releasing.Count == 0)
            return null;

        Exception?[] endings = await Task.WhenAll(
            state.Ending.Select(ending =>
                Failure(GrainFactory.Session(SessionId.Parse(ending.Id)).Revoke(ending.Reason, Id))
            )
        );
        Exception?[] traces = await Task.WhenAll(
            state.LeavingTraces.Select(session =>
                Failure(GrainFactory.Session(SessionId.Parse(session)).ForgetTraces(Id, Now))
            )
        );
        Exception?[] releases = await Task.WhenAll(
            state.Releasing.Select(address =>
                Failure(GrainFactory.Email(EmailKey.Of(address)).Release(Id))
            )
        );
        await Write(
            state with
            {
                Ending =
                [
                    .. state
                        .Ending.Where((_, i) => endings[i] is not null)
                        .Select(ending => ending with { Tries = ending.Tries + 1 }),
                ],
                LeavingTraces = [.. state.LeavingTraces.Where((_, i) => traces[i] is not null)],
                Releasing = [.. state.Releasing.Where((_, i) => releases[i] is not null)],
            }
        );
        Exception? failure = endings
            .Concat(traces)
            .Concat(releases)
            .FirstOrDefault(failed => failed is not null);
        if (failure is not null)
            LogNotFinished(failure, Id.Value);
        return endings.FirstOrDefault(failed => failed is not null);
    }

    /// <summary>What this operation has done already, by a call whose answer was lost; null when it has not.</summary>
    private FinishedOperation? AlreadyDone(OperationId? operation) =>
        stored.RecordExists ? stored.State.FinishedBy(operation) : null;

    private static async Task<Exception?> Failure(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    // What could be done is done; who asked is not told that all of it was.
    private static void Require(Exception? left)
    {
        if (left is not null)
            ExceptionDispatchInfo.Throw(left);
    }

    private UserState Happened(
        UserState user,
        AccountEventKind kind,
        ClientDevice? device = null,
        string? detail = null
    ) =>
        user with
        {
            Activity = user.Activity.With(new(Now, kind, Device: device, Detail: detail)),
        };

    /// <summary>Remembers what happened; it is stored with the next change, or soon.</summary>
    private void Note(AccountEventKind kind, ClientDevice device)
    {
        IReadOnlyList<AccountEvent> noted = (
            (IReadOnlyList<AccountEvent>)[.. _noted.AsEnumerable().Reverse()]
        ).With(new(Now, kind, Device: device));
        _noted.Clear();
        _noted.AddRange(noted.Reverse());
        _keepNoted ??= this.RegisterGrainTimer(
            _ => KeepNoted(),
            new GrainTimerCreationOptions(s_notedIsKeptWithin, Timeout.InfiniteTimeSpan)
        );
    }

    private async Task KeepNoted()
    {
        _keepNoted?.Dispose();
        _keepNoted = null;
        if (_noted.Count == 0 || !stored.IsKnown || User is not { } user)
            return;

        try
        {
            await Write(user);
        }
        catch (Exception e)
        {
            LogNotedLost(e, Id.Value);
        }
    }

    /// <summary>Forgets what has been kept for long enough.</summary>
    private async Task Forget()
    {
        if (!(stored.State.ForgetsAt(Rules.TraceRetention) <= Now))
            return;

        DateTimeOffset before = Now - Rules.TraceRetention;
        if (await Listed() is not { } listing)
        {
            await Write(stored.State);
            return;
        }

        Dictionary<string, DateTimeOffset?> usedAt = [];
        foreach (SessionSnapshot session in listing.Live)
        {
            if (session.LastSeenAt >= before)
                usedAt[session.Id.Value] = session.LastSeenAt;
            else if (
                await Failure(GrainFactory.Session(session.Id).ForgetTraces(Id, before)) is null
            )
                usedAt[session.Id.Value] = null;
        }

        await Write(stored.State.AfterForgetting(usedAt, before));
        await Finish();
    }

    private DateTimeOffset? DueAt(UserState user, DateTimeOffset now)
    {
        IEnumerable<DateTimeOffset?> due = user
            .Outbox.Select(mail => (DateTimeOffset?)mail.NextTryAt)
            .Append(user.ForgetsAt(Rules.TraceRetention));
        due = due.Concat(
            user.Ending.Select(ending =>
                (DateTimeOffset?)(
                    now + s_endingsAreDueAfter * (1 << Math.Min(ending.Tries, MostDoublings))
                )
            )
        );
        if (user.LeavingTraces.Count + user.Releasing.Count > 0)
            due = due.Append(now + s_endingsAreDueAfter);
        return due.Min();
    }
}
