using System.Runtime.ExceptionServices;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <remarks>What asks the account's sessions, and what is to be done without a request.</remarks>
internal sealed partial class AccountGrain
{
    // As long as a try may take. Kept in memory: after a crash a mail may come twice.
    private static readonly TimeSpan s_handedOutFor = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, DateTimeOffset> _handedOut = [];

    public async Task<SessionList> ListSessions() => List(await Listed());

    public async Task<IReadOnlyList<AccountEvent>> Activity()
    {
        // What has become of sessions is learnt by asking them.
        await Listed();
        return ActivityNow();
    }

    public async Task<UserExport?> Export()
    {
        SessionList sessions = List(await Listed());
        return Current is { Email: not null } account
            ? new(
                Id,
                account.CreatedAt,
                Profile(account)!,
                account.EmailVerifiedAt,
                account.Totp?.AddedAt,
                account.Passkeys,
                sessions,
                ActivityNow(),
                [.. account.Outbox.Select(mail => mail.Kind)]
            )
            : null;
    }

    public async Task<IReadOnlyList<OutgoingMail>> TakeMail()
    {
        await Finish();
        await Forget();
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<WaitingMail> due = stored.State.DueMails(
            now,
            id => _handedOut.TryGetValue(id, out DateTimeOffset at) && now - at < s_handedOutFor
        );
        foreach (WaitingMail mail in due)
            _handedOut[mail.Id] = now;
        return [.. due.Select(Outgoing)];
    }

    public Task<bool> MailTried(string id, MailOutcome outcome)
    {
        _handedOut.Remove(id);
        return Commit(
            stored.State.MailTried(
                id,
                outcome == MailOutcome.Sent,
                outcome == MailOutcome.TryLater,
                Context
            )
        );
    }

    private OutgoingMail Outgoing(WaitingMail mail) =>
        new(
            mail.Id,
            mail.Kind,
            mail.To,
            mail.CreatedAt,
            mail.Device,
            mail.Detail,
            mail.Link is { } nonce ? secrets.LinkToken(Id, mail.Kind, mail.To, nonce) : null,
            stored.State.Links.FirstOrDefault(link => link.Nonce == mail.Link)?.ExpiresAt,
            mail.Count
        );

    private SessionList List(SessionListing? listing)
    {
        if (listing is null)
            return new([], [], []);

        // A list without one of them would say that it is not there.
        if (listing.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return new(
            listing.Live,
            [.. listing.Pruned.Ended.Select(Snapshot)],
            [
                .. listing
                    .Pruned.DevicesWithout(listing.Live.Select(session => session.Id))
                    .Select(device => new DeviceSnapshot(
                        device.Browser ?? "",
                        device.System ?? "",
                        device.SeenAt
                    )),
            ]
        );
    }

    private List<AccountEvent> ActivityNow() =>
        Current is not { Email: not null } account
            ? []
            :
            [
                .. _noted
                    .Aggregate(account.Activity, (events, noted) => events.With(noted))
                    .OrderByDescending(happened => happened.At),
            ];

    /// <summary>The list as the sessions say, which is then pruned; null when there is no account.</summary>
    private async Task<SessionListing?> Listed()
    {
        if (Current is not { Email: not null } account)
            return null;

        SessionListing listing = await SessionListing.Of(
            account,
            Id,
            GrainFactory,
            clock.GetUtcNow()
        );
        if (
            !ReferenceEquals(listing.Pruned, account)
            && await Failure(Write(listing.Pruned)) is { } failure
        )
            LogPruneFailed(failure, Id.Value);
        return listing;
    }

    private async Task<Account> Pruned(Account next, SessionId starting) =>
        (await SessionListing.Of(next, Id, GrainFactory, clock.GetUtcNow(), starting)).Pruned;

    /// <summary>Forgets what was kept for long enough.</summary>
    private async Task Forget()
    {
        AccountContext context = Context;
        if (!(stored.State.ForgetsAt(_rules) <= context.Now))
            return;

        DateTimeOffset before = context.Now - _rules.TraceRetention;
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

    private SessionSnapshot Snapshot(EndedSession ended) =>
        new(
            SessionId.Parse(ended.Id),
            Id,
            ended.Device,
            ended.CreatedAt,
            ended.LastSeenAt,
            ended.ExpiresAt,
            ended.EndedAt,
            ended.Reason,
            AuthenticatedAt: null,
            Proof: new([])
        );
}
