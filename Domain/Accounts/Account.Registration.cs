using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Accounts.SecondFactors;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts;

/// <remarks>How an account begins: registered, or brought in from another system; and how an id is given up.</remarks>
public sealed partial record Account
{
    /// <summary>What settles a registration before its password is looked at; null when it goes on.</summary>
    public Decision<RegisterResult>? BeforeRegistering(SignInContext signIn, AccountContext context)
    {
        if (context.Rules.RegistrationIsClosed)
            return new(this, new RegisterResult.RegistrationClosed());
        if (FinishedBy(signIn.Operation) is { } done)
            return done.Result is null
                ? new(this, new RegisterResult.VerificationAwaited())
                : AdmitAgain<RegisterResult>(
                    done,
                    signIn,
                    StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules),
                    grant => new RegisterResult.SignedIn(Email!, grant),
                    new RegisterResult.Expired()
                );
        return IsUnused ? null : new(this, new RegisterResult.IdTaken());
    }

    /// <summary>Registers an account under this id, for whoever owns the email.</summary>
    /// <param name="email">The canonical email, which is claimed for this id.</param>
    /// <param name="passwordHash">The hash of the password.</param>
    /// <param name="mayMail">Whether the email's budget allows the mail that verifies it.</param>
    /// <param name="signIn">Where the first session is started.</param>
    /// <param name="context">The context.</param>
    public Decision<RegisterResult> Register(
        string email,
        string passwordHash,
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
            PasswordHash = passwordHash,
            CreatedAt = context.Now,
        }.Recording(AccountEventKind.Registered, context, signIn.Device);
        if (mayMail)
            next = next.WithMail(MailKind.VerifyAddress, email, context, signIn.Device);
        return context.Rules.NeedsVerifiedEmail
            ? new(this, new RegisterResult.VerificationAwaited())
            {
                Next = next.WithFinished(signIn.Operation, context.Now),
            }
            : Admit<RegisterResult>(
                next,
                signIn,
                StepUpPolicy.ProofOf([AuthenticationMethod.Password], context.Rules),
                grant => new RegisterResult.SignedIn(email, grant),
                context
            );
    }

    /// <summary>What settles an import before the email is claimed; null when it goes on.</summary>
    /// <param name="email">The canonical email.</param>
    public Decision<ImportResult>? BeforeImporting(string email) =>
        IsUnused ? null
        : Email == email ? new(this, new ImportResult.Imported())
        : new(this, new ImportResult.IdTaken());

    /// <summary>Makes this the account that another system has known. Safe to repeat with the same id.</summary>
    /// <param name="email">The canonical email, which is claimed for this id.</param>
    /// <param name="isVerified">Whether the email was verified there.</param>
    /// <param name="passwordHash">The hash of the password.</param>
    /// <param name="totpSecret">The secret of the authenticator app in base32; null without one.</param>
    /// <param name="context">The context.</param>
    public Decision<ImportResult> Import(
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
            Totp = totpSecret is { } secret ? TotpFactor.App(secret, context) : null,
        };
        return new(this, new ImportResult.Imported())
        {
            Next = imported.Recording(AccountEventKind.Imported, context),
        };
    }

    /// <summary>
    /// Gives this id up for somebody who wants its email, unless an account exists under it: no registration under it
    /// succeeds later.
    /// </summary>
    /// <returns>Whether the email is free; false when the account has it, or has asked to change to it.</returns>
    public Decision<bool> ReleaseReservation(string email, AccountContext context)
    {
        if (Email is not null)
            return new(this, Email != email && NewEmail != email);
        return IsUnused
            ? new(this, true)
            {
                Next = new() { CreatedAt = context.Now, ExpiresAt = context.Now + s_givenUpFor },
            }
            : new(this, true) { Finishing = Finishing.Attempted };
    }

    /// <summary>
    /// Deletes the account. The first write makes it unknown to everything that asks; what that leaves is finished after
    /// it. The email goes with the last mail.
    /// </summary>
    public Decision<DeleteResult> Delete(Caller caller, AccountContext context)
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
            // For the mail alone: it goes to a verified email.
            EmailVerifiedAt = EmailVerifiedAt,
            ExpiresAt = context.Now + s_givenUpFor,
            Stamp = Stamp + 1,
            Ending =
            [
                .. Sessions.Select(listed => new EndingSession(
                    listed.Id,
                    SessionEndReason.AccountDeleted
                )),
            ],
            LeavingTraces = [.. LeavingTraces, .. Sessions.Select(listed => listed.Id)],
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
