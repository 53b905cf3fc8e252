using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>The life cycle of an account: registration, import, deletion; and the release of reserved ids.</remarks>
public sealed partial record Account
{
    /// <summary>Checks a registration before its password is hashed; null if it may proceed.</summary>
    public AccountDecision<RegisterResult>? BeforeRegistering(
        SignInContext signIn,
        AccountContext context
    )
    {
        if (context.Rules.RegistrationIsClosed)
            return new(this, new RegisterResult.RegistrationClosed());
        if (FinishedBy(signIn.Operation) is { } done)
            return done.Result is null
                ? new(this, new RegisterResult.VerificationAwaited())
                : StartSessionAgain<RegisterResult>(
                    done,
                    signIn,
                    StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules),
                    tokens => new RegisterResult.SignedIn(Email!, tokens),
                    new RegisterResult.Expired()
                );
        return IsUnused ? null : new(this, new RegisterResult.IdTaken());
    }

    /// <summary>Registers an account under this id.</summary>
    /// <param name="email">The canonical email, which must have been claimed for this id.</param>
    /// <param name="password">The password hash.</param>
    /// <param name="mayMail">Whether the recipient's rate limit allows the verification email.</param>
    /// <param name="signIn">The device and lifetime of the first session.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<RegisterResult> Register(
        string email,
        PasswordTicket password,
        bool mayMail,
        SignInContext signIn,
        AccountContext context
    )
    {
        if (BeforeRegistering(signIn, context) is { } settled)
            return settled;

        Account next = new Account
        {
            Email = email,
            PasswordHash = password.NewHash,
            CreatedAt = context.Now,
        }.Recording(AccountEventKind.Registered, context, signIn.Device);
        if (mayMail)
            next = next.WithMail(MailKind.VerifyEmail, email, context, signIn.Device);
        return context.Rules.NeedsVerifiedEmail
            ? new(this, new RegisterResult.VerificationAwaited())
            {
                Next = next.WithFinished(signIn.Operation, context.Now),
            }
            : StartSession<RegisterResult>(
                next,
                signIn,
                StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules),
                tokens => new RegisterResult.SignedIn(email, tokens),
                context
            );
    }

    /// <summary>Checks an import before the email is claimed; null if it may proceed.</summary>
    /// <param name="email">The canonical email.</param>
    public AccountDecision<ImportResult>? BeforeImporting(string email) =>
        IsUnused ? null
        : Email == email ? new(this, new ImportResult.Imported())
        : new(this, new ImportResult.IdTaken());

    /// <summary>Imports an account from another system. Idempotent for the same id.</summary>
    /// <param name="email">The canonical email, which must have been claimed for this id.</param>
    /// <param name="isVerified">Whether the other system had verified the email.</param>
    /// <param name="passwordHash">The password hash.</param>
    /// <param name="totpSecret">The secret of the authenticator app in base32; null if there is none.</param>
    /// <param name="context">The time, settings and keys.</param>
    public AccountDecision<ImportResult> Import(
        string email,
        bool isVerified,
        string passwordHash,
        Secret? totpSecret,
        AccountContext context
    )
    {
        if (BeforeImporting(email) is { } settled)
            return settled;

        Account imported = new()
        {
            Email = email,
            EmailVerifiedAt = isVerified ? context.Now : null,
            PasswordHash = passwordHash,
            CreatedAt = context.Now,
            Otp = totpSecret is { } secret ? [new TotpFactor().Authenticator(secret, context)] : [],
        };
        return new(this, new ImportResult.Imported())
        {
            Next = imported.Recording(AccountEventKind.Imported, context),
        };
    }

    /// <summary>
    /// Releases an id that has reserved an email without registering, for a user who wants the email. No registration
    /// with this id succeeds afterwards. Does nothing if the id has an account.
    /// </summary>
    /// <returns>Whether the email is free; false when the account has it or is changing to it.</returns>
    public AccountDecision<bool> ReleaseReservation(string email, AccountContext context)
    {
        if (Email is not null)
            return new(this, Email != email && NewEmail != email);
        return IsUnused
            ? new(this, true)
            {
                Next = new() { CreatedAt = context.Now, ExpiresAt = context.Now + s_releasedFor },
            }
            : new(this, true) { Finishing = Finishing.Attempted };
    }

    /// <summary>
    /// Deletes the account. The first write makes the account unknown to all calls; the remaining work is finished
    /// after it. The email is kept only in the outbox, until the last email is sent.
    /// </summary>
    public AccountDecision<DeleteResult> Delete(Caller caller, AccountContext context)
    {
        if (FinishedBy(caller.Operation) is not null)
            return new(this, new DeleteResult.Deleted()) { Finishing = Finishing.Required };
        if (IsSignedOut(caller))
            return new(this, new DeleteResult.SignedOut());
        if (MissingProof(caller, context) is { } accepts)
            return new(this, new DeleteResult.StepUpRequired(accepts));

        Account gone = new Account
        {
            CreatedAt = CreatedAt,
            // Only for the notification below, which is sent to a verified email.
            EmailVerifiedAt = EmailVerifiedAt,
            ExpiresAt = context.Now + s_releasedFor,
            Stamp = Stamp + 1,
            Ending =
            [
                .. Sessions.Select(listed => new EndingSession(
                    listed.Id,
                    SessionEndReason.AccountDeleted
                )),
            ],
            RemovingDeviceData = [.. RemovingDeviceData, .. Sessions.Select(listed => listed.Id)],
            Releasing = [.. Releasing, Email!],
        }
            .WithMail(MailKind.AccountDeleted, Email!, context, caller.Device)
            .WithFinished(caller.Operation, context.Now);
        return new(this, new DeleteResult.Deleted())
        {
            Next = gone with { EmailVerifiedAt = null },
            Finishing = Finishing.Required,
        };
    }
}
