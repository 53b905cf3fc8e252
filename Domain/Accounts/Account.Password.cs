using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The password: changed, forgotten, reset.</remarks>
public sealed partial record Account
{
    /// <summary>What settles a change of the password before a password is looked at; null when it goes on.</summary>
    public Decision<ChangePasswordResult>? BeforeChangingPassword(
        Caller caller,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return Again<ChangePasswordResult>(
                caller,
                grant => new ChangePasswordResult.Changed(grant)
            );
        if (IsSignedOut(caller))
            return new(this, new ChangePasswordResult.SignedOut());
        return MissingProof(caller, context) is { } accepts
            ? new(this, new ChangePasswordResult.StepUpRequired(accepts))
            : null;
    }

    /// <summary>Refuses a change of the password, since the present one is not right.</summary>
    public Decision<ChangePasswordResult> RefusePasswordChange(
        Caller caller,
        AccountContext context
    ) =>
        BeforeChangingPassword(caller, context)
        ?? new(this, new ChangePasswordResult.WrongPassword())
        {
            Noted = WrongPassword(caller, context),
        };

    /// <summary>Changes the password, whose present one was right; ends all other sessions.</summary>
    /// <param name="caller">The session that asks.</param>
    /// <param name="hash">The hash of the new password.</param>
    /// <param name="context">The context.</param>
    public Decision<ChangePasswordResult> ChangePassword(
        Caller caller,
        string hash,
        AccountContext context
    ) =>
        BeforeChangingPassword(caller, context)
        ?? WithNewSecrets<ChangePasswordResult>(
            WithPassword(hash, AccountEventKind.PasswordChanged, caller.Device, context),
            SessionEndReason.PasswordChanged,
            caller,
            grant => new ChangePasswordResult.Changed(grant),
            context
        );

    /// <summary>
    /// Mails a link by which the password can be reset. For an id that stands for no account it counts as much, and takes
    /// as long.
    /// </summary>
    public Decision ForgotPassword(AccountContext context)
    {
        if (Email is null)
            return new(this) { Next = CountedForNobody(context) };

        // One that waits to be sent brings its link yet.
        return Outbox.Any(mail => mail.Kind == MailKind.ResetPassword)
            ? new(this)
            : new(this)
            {
                Budget = new(MailKind.ResetPassword, Email),
                Next = Recording(AccountEventKind.PasswordResetRequested, context)
                    .WithReset(Email, context),
            };
    }

    /// <summary>What settles a reset of the password before the new one is looked at; null when it goes on.</summary>
    public Decision<ResetPasswordResult>? BeforeResettingPassword(
        Secret token,
        OperationId? operation,
        AccountContext context
    )
    {
        if (FinishedBy(operation) is { } done)
            return new(this, new ResetPasswordResult.Reset(MarkOf(SessionId.Parse(done.Result!))))
            {
                Finishing = Finishing.Required,
            };
        return Email is null || LinkOf(MailKind.ResetPassword, token, context) is null
            ? new(this, new ResetPasswordResult.LinkRefused())
            : null;
    }

    /// <summary>
    /// Sets a new password, with the token that was mailed; ends all sessions, signs nobody in, and leaves the second
    /// factors as they are.
    /// </summary>
    /// <param name="token">The link's token.</param>
    /// <param name="hash">The hash of the new password.</param>
    /// <param name="operation">The operation's id; null where no call is repeated.</param>
    /// <param name="context">The context.</param>
    public Decision<ResetPasswordResult> ResetPassword(
        Secret token,
        string hash,
        OperationId? operation,
        AccountContext context
    )
    {
        if (BeforeResettingPassword(token, operation, context) is { } settled)
            return settled;

        Account proved = (IsVerified ? this : WithNothingFromBefore()) with
        {
            EmailVerifiedAt = EmailVerifiedAt ?? context.Now,
        };
        // Whoever guesses goes on while the password is reset: where that was done its owner must not wait behind them.
        SessionId here = context.NewSessionId();
        Account next = proved
            .WithPassword(hash, AccountEventKind.PasswordReset, device: null, context)
            .Remembering(presented: null, here, on: null, context)
            .WithSecretsChanged(
                IsVerified ? SessionEndReason.PasswordChanged : SessionEndReason.AddressProved,
                keeps: null,
                device: here
            )
            .WithFinished(operation, context.Now, here.Value);
        return new(this, new ResetPasswordResult.Reset(next.MarkOf(here)))
        {
            Next = next,
            Finishing = Finishing.Required,
        };
    }

    // Every link from before is void, and with it a change of the email that somebody else may have begun; but for
    // those that verify the email, which say no more than that it is verified.
    private Account WithPassword(
        string hash,
        AccountEventKind kind,
        ClientDevice? device,
        AccountContext context
    ) =>
        (
            Recording(kind, context, device) with
            {
                PasswordHash = hash,
                NewEmail = null,
                Links = LinksOf(MailKind.VerifyAddress),
            }
        ).WithMail(MailKind.PasswordChanged, Email!, context, device);

    // An id that an unknown email is answered by keeps the same count of mails, for a day.
    private Account? CountedForNobody(AccountContext context) =>
        (
            (IsUnused ? new Account { CreatedAt = context.Now } : this) with
            {
                ExpiresAt = context.Now + s_givenUpFor,
            }
        ).AskingForMail(MailKind.ResetPassword, context);

    /// <summary>A change of the account's secrets: it ends all sessions but the one that asks, which gets new tokens.</summary>
    private Decision<TResult> WithNewSecrets<TResult>(
        Account next,
        SessionEndReason reason,
        Caller caller,
        Func<SessionGrant?, TResult> changed,
        AccountContext context,
        SessionProof? proof = null
    ) =>
        new(this, outcome => changed(outcome.Grant))
        {
            Next = next.WithSecretsChanged(reason, caller.Session, caller.Session)
                .WithFinished(caller.Operation, context.Now),
            Finishing = Finishing.Required,
            Renews = new(caller.Session, proof),
        };

    /// <summary>What is left to do of such a change when its call is repeated.</summary>
    private Decision<TResult> Again<TResult>(
        Caller caller,
        Func<SessionGrant?, TResult> changed,
        SessionProof? proof = null
    ) =>
        new(this, outcome => changed(outcome.Grant))
        {
            Finishing = Finishing.Required,
            Renews = new(caller.Session, proof),
        };

    private Account WithSecretsChanged(
        SessionEndReason reason,
        SessionId? keeps,
        SessionId? device
    ) =>
        InNewDeviceEpoch(device) with
        {
            Stamp = Stamp + 1,
            OfferedTotp = null,
            Ending = [.. Ending, .. EndingAllBut(keeps, reason)],
        };

    private IEnumerable<EndingSession> EndingAllBut(SessionId? keeps, SessionEndReason reason) =>
        Sessions
            .Where(listed => listed.Id != keeps?.Value)
            .Select(listed => new EndingSession(listed.Id, reason));
}
