using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The password: change, forgotten, reset.</remarks>
public sealed partial record Account
{
    /// <summary>Changes the password, and ends all other sessions.</summary>
    /// <param name="caller">The session that makes the request.</param>
    /// <param name="password">
    /// The result of verifying the current password, and the hash of the new one; null before that.
    /// </param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>Null when the passwords have to be verified and hashed first, or again.</returns>
    public AccountDecision<ChangePasswordResult>? ChangePassword(
        Caller caller,
        PasswordTicket? password,
        AccountContext context
    )
    {
        if (FinishedBy(caller.Operation) is not null)
            return Again<ChangePasswordResult>(
                caller,
                tokens => new ChangePasswordResult.Changed(tokens)
            );
        if (IsSignedOut(caller))
            return new(this, new ChangePasswordResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new ChangePasswordResult.StepUpRequired(accepts));
        if (password?.IsFor(this) is not true)
            return null;
        if (!password.IsRight)
            return new(this, new ChangePasswordResult.WrongPassword())
            {
                Noted = WrongPassword(caller, context),
            };

        return WithNewSecrets<ChangePasswordResult>(
            WithPassword(
                password.NewHash!,
                AccountEventKind.PasswordChanged,
                caller.Device,
                context
            ),
            SessionEndReason.PasswordChanged,
            caller,
            tokens => new ChangePasswordResult.Changed(tokens),
            context
        );
    }

    /// <summary>
    /// Sends a password reset link. For an id without an account it takes the same path and time (user enumeration).
    /// </summary>
    public AccountDecision ForgotPassword(AccountContext context)
    {
        if (Email is null)
            return new(this) { Next = CountedForDecoy(context) };

        // An email that is still in the outbox will bring its link.
        return Outbox.Any(mail => mail.Kind == MailKind.ResetPassword)
            ? new(this)
            : new(this)
            {
                Budget = new(MailKind.ResetPassword, Email),
                Next = Recording(AccountEventKind.PasswordResetRequested, context)
                    .WithReset(Email, context),
            };
    }

    /// <summary>
    /// Sets a new password by a mailed link. Ends all sessions, does not sign in, and keeps the second factors.
    /// </summary>
    /// <param name="token">The link token.</param>
    /// <param name="password">The hash of the new password; null before it is hashed.</param>
    /// <param name="operation">The operation id; null for calls that are not retried.</param>
    /// <param name="context">The time, settings and keys.</param>
    /// <returns>Null when the password has to be hashed first, or again.</returns>
    public AccountDecision<ResetPasswordResult>? ResetPassword(
        Secret token,
        PasswordTicket? password,
        OperationId? operation,
        AccountContext context
    )
    {
        if (FinishedBy(operation) is { } done)
            return new(this, new ResetPasswordResult.Reset(MarkOf(SessionId.Parse(done.Result!))))
            {
                Finishing = Finishing.Required,
            };
        if (Email is null || LinkOf(MailKind.ResetPassword, token, context) is null)
            return new(this, new ResetPasswordResult.LinkRefused());
        if (password?.IsFor(this) is not true)
            return null;

        Account proved = this with { EmailVerifiedAt = EmailVerifiedAt ?? context.Now };
        // An attacker may go on guessing meanwhile. The browser that resets the password becomes a known device, so
        // that its user is not throttled because of the attacker.
        SessionId here = context.NewSessionId();
        Account next = proved
            .WithPassword(password.NewHash!, AccountEventKind.PasswordReset, device: null, context)
            .Remembering(presented: null, here, on: null, context)
            .WithSecretsChanged(
                IsVerified ? SessionEndReason.PasswordChanged : SessionEndReason.EmailVerified,
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

    // Revokes all earlier links, and with them an email change that an attacker may have requested. Verification links
    // stay: all that they can do is verify the email.
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
                Links = LinksOf(MailKind.VerifyEmail),
            }
        ).WithMail(MailKind.PasswordChanged, Email!, context, device);

    // A decoy id counts its emails in the same way, for a day.
    private Account? CountedForDecoy(AccountContext context) =>
        (
            (IsUnused ? new Account { CreatedAt = context.Now } : this) with
            {
                ExpiresAt = context.Now + s_releasedFor,
            }
        ).AskingForMail(MailKind.ResetPassword, context);

    /// <summary>
    /// Completes a change of the account's secrets: ends all sessions except the caller's, which gets new tokens.
    /// </summary>
    private AccountDecision<TResult> WithNewSecrets<TResult>(
        Account next,
        SessionEndReason reason,
        Caller caller,
        Func<SessionTokens?, TResult> changed,
        AccountContext context,
        SessionProof? proof = null
    ) =>
        new(this, outcome => changed(outcome.Tokens))
        {
            Next = next.WithSecretsChanged(reason, caller.Session, caller.Session)
                .WithFinished(caller.Operation, context.Now),
            Finishing = Finishing.Required,
            Renews = new(caller.Session, proof),
        };

    /// <summary>Completes such a change again when its call is retried.</summary>
    private AccountDecision<TResult> Again<TResult>(
        Caller caller,
        Func<SessionTokens?, TResult> changed,
        SessionProof? proof = null
    ) =>
        new(this, outcome => changed(outcome.Tokens))
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
            OfferedOtp = null,
            Ending = [.. Ending, .. EndingAllBut(keeps, reason)],
        };

    private IEnumerable<EndingSession> EndingAllBut(SessionId? keeps, SessionEndReason reason) =>
        Sessions
            .Where(listed => listed.Id != keeps?.Value)
            .Select(listed => new EndingSession(listed.Id, reason));
}
