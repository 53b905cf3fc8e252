using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <summary>
/// Claims emails for an account: registration, change of email, import. The claim is written first and the account
/// second. A crash in between leaves a claim that another registration can have released.
/// </summary>
internal sealed class AccountClaims(
    UserId id,
    AccountDecisions decisions,
    AccountWriter writer,
    AccountSessions sessions,
    AccountServices services
)
{
    // A lock of its own: a release waits for a registration in progress, which hashes the password outside of any turn.
    private readonly AccountTurn _reservation = new(services.Clock);

    /// <summary>Registers the account and starts its first session.</summary>
    public Task<RegisterResult> Register(Registration registration) =>
        _reservation.Run(() => RegisterReserved(registration));

    /// <summary>Releases the email for another registration, unless the account exists.</summary>
    public Task<bool> Release(string email) =>
        _reservation.Run(() =>
            decisions.Decide((account, context) => account.ReleaseReservation(email, context))
        );

    /// <summary>Changes the email, with the link token that was sent to the new one.</summary>
    public Task<ConfirmEmailChangeResult> ConfirmEmailChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation
    ) =>
        decisions.InTurn(async () =>
        {
            Account account = writer.Current;
            if (
                account.BeforeConfirmingEmailChange(token, operation, writer.Context) is { } settled
            )
                return await writer.Commit(settled);

            UserId owner = await sessions.Claim(account.NewEmail!, insteadOf);
            return owner == id
                ? await writer.Commit(account.ConfirmEmailChange(token, operation, writer.Context))
                : new ConfirmEmailChangeResult.EmailTaken(owner, account.NewEmail!);
        });

    /// <summary>Imports an account from another system.</summary>
    public Task<ImportResult> Import(ImportedUser user) =>
        decisions.InTurn(async () =>
        {
            Account account = writer.Current;
            if (account.BeforeImporting(user.Email) is { } settled)
                return await writer.Commit(settled);

            UserId owner = await sessions.Claim(user.Email, user.InsteadOf);
            return owner == id
                ? await writer.Commit(
                    account.Import(
                        user.Email,
                        user.EmailVerified,
                        user.PasswordHash.Text,
                        user.TotpSecret,
                        writer.Context
                    )
                )
                : new ImportResult.EmailTaken(owner);
        });

    private async Task<RegisterResult> RegisterReserved(Registration registration)
    {
        SignInContext signIn = registration.Where;
        RegisterResult? settled = await decisions.InTurn(async () =>
            writer.Current.BeforeRegistering(signIn, writer.Context) is { } decision
                ? await writer.Commit(decision)
                : null
        );
        if (settled is not null)
            return settled;

        string email = registration.Email;
        if (await services.Passwords.Violation(registration.Password, email) is { } violation)
            return new RegisterResult.PasswordRefused(violation.Reason, violation.Limit);

        UserId owner = await sessions.Claim(email, registration.InsteadOf);
        if (owner != id)
        {
            // Against user enumeration by timing: takes as long as for an email that is free.
            bool mayBeTold = !services.Rules.RegistrationIsPrivate;
            return mayBeTold || await Hash(registration.Password) is not null
                ? new RegisterResult.EmailTaken(owner, mayBeTold)
                : new RegisterResult.Busy();
        }

        if (await Hash(registration.Password) is not { } password)
        {
            await sessions.ReleaseClaim(email);
            return new RegisterResult.Busy();
        }

        bool mayMail = await sessions.IsWithinBudget(new(MailKind.VerifyEmail, email));
        return await decisions.Decide(
            (account, context) => account.Register(email, password, mayMail, signIn, context)
        );
    }

    private Task<PasswordTicket?> Hash(Password password) =>
        services.Passwords.Hash(writer.Current, password, known: false);
}
