using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Sessions;

/// <remarks>Stores decisions, one write at a time, and performs their effects.</remarks>
internal sealed partial class SessionGrain
{
    private async Task<TResult> Commit<TResult>(SessionDecision<TResult> decision)
    {
        // Activity is write-behind: that a token came back is known even when the write fails.
        if (_session is { } session)
            _session = session with { Activity = decision.Next.Activity };
        if (decision.MustStore)
            await Store(decision.Next);
        ForgetCompleted();
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
            endReplaced => EndReplaced(),
            endReplacedInBackground => FirstUse()
        );

    private void TellEnded(SessionEndReason reason)
    {
        LogEnded(services.Security, Id.Fingerprint, _session!.Value.Saved.UserId, reason);
        _watchers?.Tell(reason);
    }

    private void SaveActivityIfDue(Session session, DateTimeOffset now)
    {
        if (
            !IsWriteDue(now)
            || !stored.IsKnown
            || !_write.IsCompleted
            || !session.HasUnsavedActivity
        )
            return;

        WritesFrom(now);
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
            LogCoarseWriteFailed(services.Logger, e, Id.Fingerprint);
        }
    }

    // A completed task keeps all that it has run with in memory.
    private void ForgetCompleted()
    {
        if (_write.IsCompletedSuccessfully)
            _write = Task.CompletedTask;
        if (_recall.IsCompletedSuccessfully)
            _recall = Task.CompletedTask;
    }

    private Task Store(Session next) => _write = StoreThenKeep(next.Saved);

    // Interleaved checks may have added activity during the write.
    private async Task StoreThenKeep(SessionState next)
    {
        if (_session?.VoidsCopies(next) is true)
        {
            await WriteAndRecall(next);
            return;
        }

        await stored.Write(next);
        Keep(next);
    }

    private void Keep(SessionState saved)
    {
        _session = _session?.WithSaved(saved);
        WritesFrom(Now);
    }

    // The session once no write is in progress; null when there is none.
    private async Task<Session?> WhenSettled()
    {
        await WriteUnderWay();
        stored.RequireKnown();
        DeactivateIfNotFound();
        return Current;
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

    // The unknown outcome is resolved: adopts the stored version, even when another activation has written it.
    void IStateOwner.OnSettled()
    {
        if (!stored.RecordExists)
            return;

        if (_session is { } session)
            _write = KeepOnceRecalled(session, stored.State);
        else
            _session = Session.Load(Id, stored.State, services.Options.Rules);
    }

    private async Task KeepOnceRecalled(Session session, SessionState saved)
    {
        await RecallBefore(session, saved);
        bool hadEnded = _session is { Saved.RevokedAt: not null };
        Keep(saved);
        _copies = _copies?.EndRecall();
        if (!hadEnded && saved.RevokeReason is { } reason)
            TellEnded(reason);
    }
}
