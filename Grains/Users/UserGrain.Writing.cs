using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>What every change goes through: one write, and then the endings that it brings.</remarks>
internal sealed partial class UserGrain
{
    // The call that has written an ending carries it out itself; this is for when it does not get that far.
    private static readonly TimeSpan s_endingsAreDueAfter = TimeSpan.FromSeconds(20);

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
        SessionProof? proof = null
    )
    {
        await Write(
            next with
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
            }
        );
        await Finish();
        return asking is { } session ? await GrainFactory.Session(session).Prove(Id, proof) : null;
    }

    /// <summary>Carries out what was written to end. Safe to repeat.</summary>
    private async Task Finish()
    {
        UserState state = stored.State;
        if (state.Ending.Count + state.Releasing.Count == 0)
            return;

        await Task.WhenAll(
            state.Ending.Select(ending =>
                GrainFactory.Session(SessionId.Parse(ending.Id)).Revoke(ending.Reason, Id)
            )
        );
        await Task.WhenAll(
            state.Releasing.Select(address => GrainFactory.Email(EmailKey.Of(address)).Release(Id))
        );
        await Write(state with { Ending = [], Releasing = [] });
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
        if (stored.State.ForgetsAt(Rules.TraceRetention) <= Now)
            await Write(stored.State);
    }

    private DateTimeOffset? DueAt(UserState user, DateTimeOffset now)
    {
        IEnumerable<DateTimeOffset?> due = user
            .Outbox.Select(mail => (DateTimeOffset?)mail.NextTryAt)
            .Append(user.ForgetsAt(Rules.TraceRetention));
        if (user.Ending.Count + user.Releasing.Count > 0)
            due = due.Append(now + s_endingsAreDueAfter);
        return due.Min();
    }
}
