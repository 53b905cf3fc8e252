using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <remarks>What looks at a password, makes a hash or claims an email: in between, the account is asked twice.</remarks>
internal sealed partial class AccountGrain
{
    public async Task<RegisterResult> Register(Registration registration)
    {
        SignInContext signIn = new(
            registration.Device,
            Persistent: true,
            registration.Replaces,
            registration.Operation
        );
        if (Current.BeforeRegistering(signIn, Context) is { } settled)
            return await Commit(settled);

        (string address, Password password) = (registration.Email, registration.Password);
        if (await passwordRules.Judge(password, address) is { } refusal)
            return new RegisterResult.PasswordRefused(refusal.Reason, refusal.Limit);

        IEmailGrain email = GrainFactory.Email(EmailKey.Of(address));
        UserId owner = await email.Claim(Id, registration.InsteadOf);
        if (owner != Id)
        {
            // Where nobody may learn which emails are taken, it takes as long as when it is free.
            bool mayBeTold = !_rules.RegistrationIsPrivate;
            return mayBeTold || await passwords.Hash(password, known: false) is not null
                ? new RegisterResult.EmailTaken(owner, mayBeTold)
                : new RegisterResult.Busy();
        }

        if (await passwords.Hash(password, known: false) is not { } hash)
        {
            await email.Release(Id);
            return new RegisterResult.Busy();
        }

        bool mayMail = await email.CountMail(MailKind.VerifyAddress, Guid.NewGuid());
        return await Commit(Current.Register(address, hash, mayMail, signIn, Context));
    }

    public async Task<VerifyPasswordResult> VerifyPassword(SignIn signIn)
    {
        Account account = Current;
        bool? matches = await passwords.Verify(
            account.PasswordHash,
            signIn.Password,
            signIn.Entrance.Known,
            Id
        );
        if (matches is null)
            return new VerifyPasswordResult.Busy();

        // Others may have been let in meanwhile.
        Account decides = matches.Value ? account : Current;
        return await Commit(
            decides.VerifyPassword(matches.Value, account.Stamp, signIn.Entrance.Device, Context)
        );
    }

    public async Task<EnterResult> Enter(SignIn signIn, long stamp)
    {
        SignInContext context = SignInContext(signIn.Entrance);
        // When too many wait to be hashed, the old hash is good for one more time.
        string? hash = Current.HashToRenew(context, stamp, Context);
        string? renewed = passwords.IsOutdated(hash)
            ? await passwords.Hash(signIn.Password, known: true)
            : null;
        return await Commit(Current.Enter(context, stamp, renewed, Context));
    }

    public async Task<StepUpResult> StepUp(
        Asking asking,
        Password? password,
        SecondFactorCode? code
    )
    {
        Caller caller = await Caller(asking);
        if (Current.BeforeStepUp(caller, password is not null, code, Context) is { } settled)
            return await Commit(settled);

        bool? matches = await passwords.Verify(Current.PasswordHash, password!.Value, known: true);
        return matches is null
            ? new StepUpResult.Busy()
            : await Commit(Current.StepUp(caller, matches.Value, code, Context));
    }

    public async Task<ChangePasswordResult> ChangePassword(
        Asking asking,
        Password current,
        Password replacement
    )
    {
        Caller caller = await Caller(asking);
        if (Current.BeforeChangingPassword(caller, Context) is { } settled)
            return await Commit(settled);
        if (await passwordRules.Judge(replacement, Current.Email!) is { } refusal)
            return new ChangePasswordResult.PasswordRefused(refusal.Reason, refusal.Limit);

        bool? matches = await passwords.Verify(Current.PasswordHash, current, known: true);
        if (matches is false)
            return await Commit(Current.RefusePasswordChange(caller, Context));
        if (matches is null || await passwords.Hash(replacement, known: true) is not { } hash)
            return new ChangePasswordResult.Busy();

        return await Commit(Current.ChangePassword(caller, hash, Context));
    }

    public Task ForgotPassword() => Apply(Current.ForgotPassword(Context));

    public async Task<ResetPasswordResult> ResetPassword(
        Secret token,
        Password replacement,
        OperationId? operation
    )
    {
        if (Current.BeforeResettingPassword(token, operation, Context) is { } settled)
            return await Commit(settled);
        if (await passwordRules.Judge(replacement, Current.Email!) is { } refusal)
            return new ResetPasswordResult.PasswordRefused(refusal.Reason, refusal.Limit);
        if (await passwords.Hash(replacement, known: true) is not { } hash)
            return new ResetPasswordResult.Busy();

        return await Commit(Current.ResetPassword(token, hash, operation, Context));
    }

    public async Task<ConfirmVerificationResult> ConfirmVerification(
        Secret token,
        Asking? asking,
        Password? password,
        bool startOver,
        OperationId? operation
    )
    {
        if (Current.BeforeConfirmingVerification(token, operation, Context) is { } settled)
            return await Commit(settled);

        bool? isTheirs = asking is not null && (await Caller(asking)).Live is not null;
        if (isTheirs is false && password is { } typed)
        {
            bool? matches = await passwords.Verify(Current.PasswordHash, typed, known: true);
            if (matches is null)
                return new ConfirmVerificationResult.Busy();
            isTheirs = matches.Value ? true : null;
        }

        return await Commit(
            Current.ConfirmVerification(
                token,
                isTheirs,
                startOver,
                asking?.Device,
                operation,
                Context
            )
        );
    }

    public async Task<ConfirmEmailChangeResult> ConfirmAddressChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation
    )
    {
        if (Current.BeforeConfirmingEmailChange(token, operation, Context) is { } settled)
            return await Commit(settled);

        UserId owner = await GrainFactory
            .Email(EmailKey.Of(Current.NewEmail!))
            .Claim(Id, insteadOf);
        return owner == Id
            ? await Commit(Current.ConfirmEmailChange(token, operation, Context))
            : new ConfirmEmailChangeResult.EmailTaken(owner);
    }

    // As with a registration: the email first, and a crash before the account is written leaves an owner who can be made
    // to give it up.
    public async Task<ImportResult> Import(ImportedUser user)
    {
        if (Current.BeforeImporting(user.Email) is { } settled)
            return await Commit(settled);

        UserId owner = await GrainFactory.Email(EmailKey.Of(user.Email)).Claim(Id, user.InsteadOf);
        if (owner != Id)
            return new ImportResult.EmailTaken(owner);

        ImportResult imported = await Commit(
            Current.Import(
                user.Email,
                user.EmailVerified,
                user.PasswordHash.Text,
                user.TotpSecret,
                Context
            )
        );
        // Most of many accounts that are brought in at once are not signed in to at once.
        DeactivateOnIdle();
        return imported;
    }
}
