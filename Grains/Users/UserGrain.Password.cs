using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The password.</remarks>
internal sealed partial class UserGrain
{
    public async Task<UserAnswer> ChangePassword(
        Asking asking,
        Password current,
        Password replacement
    )
    {
        if (AlreadyDone(asking.Operation) is not null)
            return new Done(await Renewed(asking.Session));
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (NotProved(user, session) is { } missing)
            return missing;
        if (await passwordRules.Judge(replacement, user.Email!) is { } refusal)
            return refusal;

        bool? verified = await passwords.Verify(user.PasswordHash, current, known: true);
        if (verified is null)
            return new Busy();
        if (verified is false)
        {
            Note(AccountEventKind.SignInFailed, asking.Device);
            return new Refused();
        }

        if (await passwords.Hash(replacement, known: true) is not { } hash)
            return new Busy();

        UserState next = WithPassword(user, hash, AccountEventKind.PasswordChanged, asking.Device);
        return new Done(
            await Renew(next, SessionEndReason.PasswordChanged, asking.Session, asking.Operation)
        );
    }

    public async Task ForgotPassword()
    {
        DateTimeOffset now = Now;
        if (User is not { Email: { } email } user)
        {
            if (
                Nobody(now).AskingForMail(MailKind.ResetPassword, Rules.MailsPerHour, now) is
                { } next
            )
                await Write(next);
            return;
        }

        // One that waits to be sent brings its link yet.
        if (
            user.Outbox.Any(mail => mail.Kind == MailKind.ResetPassword)
            || !await MayBeMailed(MailKind.ResetPassword, email)
        )
            return;

        await Write(Happened(user, AccountEventKind.PasswordResetRequested).WithReset(email, now));
    }

    public async Task<UserAnswer> ResetPassword(
        Secret token,
        Password replacement,
        OperationId? operation
    )
    {
        if (AlreadyDone(operation) is { } done)
        {
            await Renewed(asking: null);
            return new Done(Mark: stored.State.MarkOf(SessionId.Parse(done.Result!)));
        }

        if (User is not { } user || Link(user, MailKind.ResetPassword, token) is null)
            return new LinkRefused();
        if (await passwordRules.Judge(replacement, user.Email!) is { } refusal)
            return refusal;
        if (await passwords.Hash(replacement, known: true) is not { } hash)
            return new Busy();

        bool firstProof = user.EmailVerifiedAt is null;
        UserState proved = (firstProof ? WithNothingFromBefore(user) : user) with
        {
            EmailVerifiedAt = user.EmailVerifiedAt ?? Now,
        };
        UserState next = WithPassword(proved, hash, AccountEventKind.PasswordReset, device: null);
        // Whoever guesses goes on while the password is reset: where that was done its owner must not wait behind them.
        SessionId here = SessionId.New();
        await Renew(
            next.Remembering(presented: null, here, on: null, Now),
            firstProof ? SessionEndReason.AddressProved : SessionEndReason.PasswordChanged,
            asking: null,
            operation,
            result: here.Value,
            device: here
        );
        return new Done(Mark: stored.State.MarkOf(here));
    }

    // Every link from before is void, and with it a change of the address that somebody else may have begun; but for
    // those that verify the address, which say no more than that it is verified.
    private UserState WithPassword(
        UserState user,
        string hash,
        AccountEventKind kind,
        ClientDevice? device
    ) =>
        (
            Happened(user, kind, device) with
            {
                PasswordHash = hash,
                NewEmail = null,
                Links = Only(user.Links, MailKind.VerifyAddress),
            }
        ).WithMail(MailKind.PasswordChanged, user.Email!, Now, device);

    // The id that an unknown address is answered by keeps the same count of mails, for a day.
    private UserState Nobody(DateTimeOffset now) =>
        (stored.RecordExists ? stored.State : new UserState { CreatedAt = now }) with
        {
            ExpiresAt = now + s_givenUpFor,
        };
}
