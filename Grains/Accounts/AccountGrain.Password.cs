using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <remarks>Operations that verify a password or claim an email.</remarks>
internal sealed partial class AccountGrain
{
    public Task<SignInResult> SignIn(SignIn signIn) =>
        _decisions.WithPassword<SignInResult>(
            async password => Current.SignIn(signIn.Where, password, Context),
            account => _passwords.SignIn(account, Id, signIn.Password, signIn.Known),
            busy: new SignInResult.Busy()
        );

    public Task<RegisterResult> Register(Registration registration) =>
        _claims.Register(registration);

    public Task<StepUpResult> StepUp(
        CallerContext caller,
        Password? password,
        SecondFactorCode? code
    ) =>
        _decisions.WithPassword<StepUpResult>(
            async ticket =>
                Current.StepUp(
                    await _decisions.Find(caller),
                    password is not null,
                    ticket,
                    code,
                    Context
                ),
            account => _passwords.Verify(account, password!.Value),
            busy: new StepUpResult.Busy()
        );

    public Task<ChangePasswordResult> ChangePassword(
        CallerContext caller,
        Password current,
        Password replacement
    ) =>
        _decisions.WithPassword<ChangePasswordResult>(
            async password =>
                Current.ChangePassword(await _decisions.Find(caller), password, Context),
            account => _passwords.Replace(account, current, replacement),
            busy: new ChangePasswordResult.Busy(),
            violation => new ChangePasswordResult.PasswordRefused(violation.Reason, violation.Limit)
        );

    public Task ForgotPassword() =>
        _decisions.Carry((account, context) => account.ForgotPassword(context));

    public Task<ResetPasswordResult> ResetPassword(
        Secret token,
        Password replacement,
        OperationId? operation
    ) =>
        _decisions.WithPassword<ResetPasswordResult>(
            async password => Current.ResetPassword(token, password, operation, Context),
            account => _passwords.Choose(account, replacement),
            busy: new ResetPasswordResult.Busy(),
            violation => new ResetPasswordResult.PasswordRefused(violation.Reason, violation.Limit)
        );

    public Task<ConfirmVerificationResult> ConfirmVerification(
        Secret token,
        CallerContext? caller,
        Password? password,
        bool startOver,
        OperationId? operation
    ) =>
        _decisions.WithPassword<ConfirmVerificationResult>(
            async ticket =>
                Current.ConfirmVerification(
                    new(
                        token,
                        HasSession: caller is not null
                            && (await _decisions.Find(caller)).Live is not null,
                        HasPassword: password is not null,
                        startOver,
                        caller?.Device,
                        operation
                    ),
                    ticket,
                    Context
                ),
            account => _passwords.Verify(account, password!.Value),
            busy: new ConfirmVerificationResult.Busy()
        );

    public Task<ConfirmEmailChangeResult> ConfirmEmailChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation
    ) => _claims.ConfirmEmailChange(token, insteadOf, operation);

    public async Task<ImportResult> Import(ImportedUser user)
    {
        ImportResult imported = await _claims.Import(user);
        // A bulk import must not fill the memory with accounts that nobody uses yet.
        if (imported is ImportResult.Imported)
            DeactivateOnIdle();
        return imported;
    }
}
