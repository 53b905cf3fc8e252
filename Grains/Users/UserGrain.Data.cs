using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>All that is kept about the user: shown, handed out, deleted.</remarks>
internal sealed partial class UserGrain
{
    public async Task<IReadOnlyList<AccountEvent>> Activity()
    {
        // What has become of sessions is learnt by asking them.
        await Listed();
        if (User is not { } user)
            return [];

        IReadOnlyList<AccountEvent> events = user.Activity;
        foreach (AccountEvent noted in _noted)
            events = events.With(noted);
        return [.. events.OrderByDescending(happened => happened.At)];
    }

    public async Task<UserExport?> Export()
    {
        SessionList sessions = await ListSessions();
        IReadOnlyList<AccountEvent> activity = await Activity();
        return User is { } user
            ? new(
                Id,
                user.CreatedAt,
                Profile(user),
                user.EmailVerifiedAt,
                user.Totp?.AddedAt,
                user.Passkeys,
                sessions,
                activity,
                [.. user.Outbox.Select(mail => mail.Kind)]
            )
            : null;
    }

    // The first write makes the user unknown to everything that asks; what it leaves is finished here, or, after a
    // crash, by the node. The address goes with the last mail.
    public async Task<UserAnswer> Delete(Asking asking)
    {
        if (AlreadyDone(asking.Operation) is not null)
        {
            Require(await Finish());
            return new Done();
        }

        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (NotProved(user, session) is { } missing)
            return missing;

        DateTimeOffset now = Now;
        string email = user.Email!;
        _noted.Clear();
        UserState gone = new UserState
        {
            CreatedAt = user.CreatedAt,
            // For the mail alone: it goes to a proved address.
            EmailVerifiedAt = user.EmailVerifiedAt,
            ExpiresAt = now + s_givenUpFor,
            Stamp = user.Stamp + 1,
            Ending =
            [
                .. user.Sessions.Select(listed => new EndingSession(
                    listed.Id,
                    SessionEndReason.AccountDeleted
                )),
            ],
            LeavingTraces = [.. user.LeavingTraces, .. user.Sessions.Select(listed => listed.Id)],
            Releasing = [.. user.Releasing, email],
        }
            .WithMail(MailKind.AccountDeleted, email, now, asking.Device)
            .WithFinished(asking.Operation, now);
        await Write(gone with { EmailVerifiedAt = null });
        Require(await Finish());
        return new Done();
    }
}
