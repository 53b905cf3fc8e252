using System.Runtime.ExceptionServices;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Accounts;

/// <remarks>What every decision goes through: one write, and then what it brings.</remarks>
internal sealed partial class AccountGrain
{
    private static readonly TimeSpan s_notedIsKeptWithin = TimeSpan.FromSeconds(30);

    // What happened without a change: a flood of wrong passwords must not be a flood of writes. Earliest first.
    private readonly List<AccountEvent> _noted = [];
    private IGrainTimer? _keepNoted;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What was stored to be done, if it was, is done as after a crash.
        stored.Settled = () => bell.Ring(Id);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    ) => KeepNoted();

    private async Task<TResult> Commit<TResult>(Decision<TResult> decision) =>
        decision.Result(await Apply(decision));

    private async Task<SessionOutcome> Apply(Decision decision)
    {
        if (decision.Noted is { } noted)
            Note(noted);
        // Counted before it is written: a crash in between costs a mail, and not the count.
        if (decision.Next is { } next && await IsWithinBudget(decision.Budget))
            await Write(
                decision.Starts is { } starting && next.Sessions.Count > _rules.MaxSessions
                    ? await Pruned(next, starting.Id)
                    : next
            );

        Exception? left = decision.Finishing == Finishing.Later ? null : await Finish();
        SessionGrant? grant = decision.Renews is { } renews ? await Renew(renews) : null;
        // What could be done is done; whoever asked is not told that all of it was.
        if (decision.Finishing == Finishing.Required && left is not null)
            ExceptionDispatchInfo.Throw(left);
        if (decision.Starts is { } starts)
            grant = await Start(starts);
        bool wasFound =
            decision.Revokes is { } revokes
            && await GrainFactory.Session(revokes.Session).Revoke(revokes.Reason, Id);
        return new(grant, wasFound);
    }

    private async Task<bool> IsWithinBudget(BudgetedMail? mail) =>
        mail is null
        || await GrainFactory.Email(EmailKey.Of(mail.To)).CountMail(mail.Kind, Guid.NewGuid());

    private async Task Write(Account next)
    {
        // Sign-ins that fail meanwhile note more.
        AccountEvent[] kept = [.. _noted];
        AccountContext context = Context;
        Account whole = next.ToStore(next.Email is null ? [] : kept, context);
        try
        {
            await stored.Write(whole);
        }
        finally
        {
            // A write without an answer is repeated, with these in it.
            if (!stored.IsKnown || ReferenceEquals(stored.State, whole))
                _noted.RemoveAll(noted => kept.Contains(noted));
        }

        if (whole.DueAt <= context.Now)
            bell.Ring(Id);
    }

    private async Task<SessionGrant?> Renew(SessionRenewal renews)
    {
        SessionGrant? grant = await GrainFactory.Session(renews.Session).Prove(Id, renews.Proof);
        return renews.MarksDevice && grant is not null
            ? grant with
            {
                Mark = stored.State.MarkOf(renews.Session),
            }
            : grant;
    }

    private async Task<SessionGrant> Start(NewSession starts)
    {
        SignInContext signIn = starts.SignIn;
        SessionGrant grant = await GrainFactory
            .Session(starts.Id)
            .Start(new(Id, signIn.Device, signIn.Persistent, starts.Proof, signIn.Replaces));
        // One that cannot be ended now stays in the list, and is for the next sign-in to end.
        await Task.WhenAll(
            stored
                .State.BeyondLimit(signIn.Replaces, _rules)
                .Select(earliest =>
                    Failure(
                        GrainFactory.Session(earliest).Revoke(SessionEndReason.SessionLimit, Id)
                    )
                )
        );
        return grant with { Mark = stored.State.MarkOf(starts.Id) };
    }

    /// <summary>Carries out what was stored to end, each by itself: what fails stays due. Safe to repeat.</summary>
    /// <returns>Why a session may not have ended; null when all have.</returns>
    private async Task<Exception?> Finish()
    {
        Account account = stored.State;
        if (!account.HasToFinish())
            return null;

        DateTimeOffset now = clock.GetUtcNow();
        Exception?[] endings = await Task.WhenAll(
            account.Ending.Select(ending =>
                Failure(GrainFactory.Session(SessionId.Parse(ending.Id)).Revoke(ending.Reason, Id))
            )
        );
        Exception?[] traces = await Task.WhenAll(
            account.LeavingTraces.Select(session =>
                Failure(GrainFactory.Session(SessionId.Parse(session)).ForgetTraces(Id, now))
            )
        );
        Exception?[] releases = await Task.WhenAll(
            account.Releasing.Select(email =>
                Failure(GrainFactory.Email(EmailKey.Of(email)).Release(Id))
            )
        );
        await Write(
            account.AfterFinishing(Succeeded(endings), Succeeded(traces), Succeeded(releases))
        );
        if (endings.Concat(traces).Concat(releases).FirstOrDefault(e => e is not null) is { } first)
            LogNotFinished(first, Id.Value);
        return endings.FirstOrDefault(failure => failure is not null);
    }

    private static bool[] Succeeded(Exception?[] failures) =>
        [.. failures.Select(failure => failure is null)];

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

    private void Note(AccountEvent happened)
    {
        IReadOnlyList<AccountEvent> latestFirst = [.. _noted.AsEnumerable().Reverse()];
        _noted.Clear();
        _noted.AddRange(latestFirst.With(happened).Reverse());
        _keepNoted ??= this.RegisterGrainTimer(
            _ => KeepNoted(),
            new GrainTimerCreationOptions(s_notedIsKeptWithin, Timeout.InfiniteTimeSpan)
        );
    }

    private async Task KeepNoted()
    {
        _keepNoted?.Dispose();
        _keepNoted = null;
        if (_noted.Count == 0 || !stored.IsKnown || Current is not { Email: not null } account)
            return;

        try
        {
            await Write(account);
        }
        catch (Exception e)
        {
            LogNotedLost(e, Id.Value);
        }
    }
}
