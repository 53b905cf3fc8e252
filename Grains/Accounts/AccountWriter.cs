using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Accounts;

/// <summary>Carries out decisions about an account: one write, and then its effects.</summary>
internal sealed partial class AccountWriter : IStateOwner
{
    private readonly UserId _id;
    private readonly DurableState<Account> _stored;
    private readonly AccountSessions _sessions;
    private readonly PendingEvents _pending;
    private readonly AccountServices _services;
    private readonly ILogger _logger;

    public AccountWriter(
        UserId id,
        DurableState<Account> stored,
        AccountSessions sessions,
        PendingEvents pending,
        AccountServices services
    )
    {
        (_id, _stored, _sessions, _pending) = (id, stored, sessions, pending);
        (_services, _logger) = (services, services.Logger);
        stored.Owner = this;
    }

    /// <summary>The stored account; an unused one when there is none.</summary>
    public Account Current => _stored.RecordExists ? _stored.State : Account.Unused;

    private DateTimeOffset Now => _services.Clock.GetUtcNow();

    /// <summary>The time, rules and secrets that a decision depends on.</summary>
    public AccountContext Context =>
        new(_id, Now, _services.Rules, _services.Secrets, RandomNumberGenerator.GetBytes);

    // The write may have stored effects that were not performed: the dispatcher performs them, as after a crash.
    void IStateOwner.OnSettled() => _services.Outbox.Notify(_id);

    /// <summary>Carries out a decision, within a turn.</summary>
    public async Task<TResult> Commit<TResult>(AccountDecision<TResult> decision) =>
        decision.Result(await Apply(decision));

    /// <summary>Carries out a decision without a result, within a turn.</summary>
    public async Task<SessionOutcome> Apply(AccountDecision decision)
    {
        if (decision.Noted is { } noted)
            _pending.Add(noted);
        // Counted before the email is stored: after a crash in between it was counted but not sent, never the reverse.
        if (decision.Next is { } next && await _sessions.IsWithinBudget(decision.Budget))
            await Write(
                decision.Starts is { } starting && next.Sessions.Count > _services.Rules.MaxSessions
                    ? (await _sessions.Listed(next, Now, starting.Id)).Pruned
                    : next
            );

        Exception? left = decision.Finishing == Finishing.Later ? null : await Finish();
        SessionTokens? tokens = decision.Renews is { } renews
            ? await _sessions.Renew(renews, _stored.State)
            : null;
        // All effects were attempted. The caller must not be told that they succeeded when one has not.
        if (decision.Finishing == Finishing.Required && left is not null)
            ExceptionDispatchInfo.Throw(left);
        if (decision.Starts is { } starts)
            tokens = await _sessions.Start(starts, _stored.State, _services.Rules);
        bool wasFound = decision.Revokes is { } revokes && await _sessions.Revoke(revokes);
        return new(tokens, wasFound);
    }

    /// <summary>Stores an account, with the pending events.</summary>
    public async Task Write(Account next)
    {
        AccountEvent[] pending = _pending.ToStore();
        AccountContext context = Context;
        Account whole = next.ToStore(next.Email is null ? [] : pending, context);
        try
        {
            await _stored.Write(whole);
        }
        finally
        {
            // A write with an unknown outcome is repeated, and contains these events.
            if (!_stored.IsKnown || ReferenceEquals(_stored.State, whole))
                _pending.Stored(pending);
        }

        if (whole.DueAt <= context.Now)
            _services.Outbox.Notify(_id);
    }

    /// <summary>Performs the stored effects that are left; those that fail stay due. Idempotent.</summary>
    /// <returns>Why a session may not have ended; null when all have.</returns>
    public async Task<Exception?> Finish()
    {
        Account account = _stored.State;
        if (!account.HasToFinish())
            return null;

        AccountEndings endings = await _sessions.Finish(account, Now);
        await Write(endings.Without(account));
        if (endings.Failure is { } failure)
            LogNotFinished(failure, _id.Value);
        return endings.SessionFailure;
    }

    /// <summary>Stores the pending events; on failure they stay pending until the next write.</summary>
    public async Task StorePending()
    {
        if (_pending.IsEmpty || !_stored.IsKnown || Current is not { Email: not null } account)
            return;
        if (await Write(account).Failure() is { } failure)
            LogPendingNotStored(failure, _id.Value);
    }

    /// <summary>Reads the account's sessions and prunes the stored list; null when there is no account.</summary>
    public async Task<SessionListing?> Listed()
    {
        if (Current is not { Email: not null } account)
            return null;

        SessionListing listing = await _sessions.Listed(account, Now);
        if (
            !ReferenceEquals(listing.Pruned, account)
            && await Write(listing.Pruned).Failure() is { } failure
        )
            LogPruneFailed(failure, _id.Value);
        return listing;
    }

    /// <summary>Removes device data that is older than the retention.</summary>
    public async Task RemoveOldData()
    {
        AccountContext context = Context;
        if (!(_stored.State.RetentionEndsAt(_services.Rules) <= context.Now))
            return;

        DateTimeOffset before = context.Now - _services.Rules.DeviceDataRetention;
        if (await Listed() is not { } listing)
        {
            await Write(_stored.State);
            return;
        }

        Dictionary<string, DateTimeOffset?> usedAt = [];
        foreach (SessionSnapshot session in listing.Live)
        {
            if (session.LastSeenAt >= before)
                usedAt[session.Id.Value] = session.LastSeenAt;
            else if (await _sessions.RemoveDeviceData(session.Id, before) is null)
                usedAt[session.Id.Value] = null;
        }

        await Write(_stored.State.AfterRemovingDeviceData(usedAt, before));
        await Finish();
    }

    [LoggerMessage(
        EventId = 211,
        Level = LogLevel.Warning,
        EventName = "prune-failed",
        Message = "The pruned session list of user {User} could not be stored; the next read prunes it again"
    )]
    private partial void LogPruneFailed(Exception exception, string user);

    [LoggerMessage(
        EventId = 212,
        Level = LogLevel.Warning,
        EventName = "noted-lost",
        Message = "Pending activity log events of user {User} could not be stored; they are kept in memory until the next write"
    )]
    private partial void LogPendingNotStored(Exception exception, string user);

    [LoggerMessage(
        EventId = 214,
        Level = LogLevel.Warning,
        EventName = "not-finished",
        Message = "A session of user {User} could not be ended, or an email claim not be released; this is retried"
    )]
    private partial void LogNotFinished(Exception exception, string user);
}
