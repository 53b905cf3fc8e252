using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Domain.Tests.Accounts;

/// <summary>Operations after the password check, with a ticket of the account's current stamp.</summary>
internal static class WithPasswords
{
    public static PasswordTicket Ticket(
        this Account account,
        string? newHash = null,
        bool isRight = true
    ) => new(account.Stamp, isRight, newHash);

    public static AccountDecision<RegisterResult> Register(
        this Account account,
        string email,
        string hash,
        bool mayMail,
        SignInContext signIn,
        AccountContext context
    ) => account.Register(email, account.Ticket(hash, isRight: false), mayMail, signIn, context);

    public static AccountDecision<SignInResult> SignIn(
        this Account account,
        SignInContext signIn,
        AccountContext context,
        string? renewed = null
    ) => account.SignIn(signIn, account.Ticket(renewed), context)!;

    public static AccountDecision<StepUpResult> StepUp(
        this Account account,
        Caller caller,
        bool passwordMatches,
        SecondFactorCode? code,
        AccountContext context
    ) =>
        account.StepUp(
            caller,
            hasPassword: true,
            account.Ticket(isRight: passwordMatches),
            code,
            context
        )!;

    public static AccountDecision<ChangePasswordResult> ChangePassword(
        this Account account,
        Caller caller,
        string hash,
        AccountContext context
    ) => account.ChangePassword(caller, account.Ticket(hash), context)!;

    public static AccountDecision<ResetPasswordResult> ResetPassword(
        this Account account,
        Secret token,
        string hash,
        OperationId? operation,
        AccountContext context
    ) => account.ResetPassword(token, account.Ticket(hash, isRight: false), operation, context)!;

    /// <remarks>
    /// <paramref name="isTheirs"/>: true when a live session identifies the owner, null for a wrong password.
    /// </remarks>
    public static AccountDecision<ConfirmVerificationResult> ConfirmVerification(
        this Account account,
        Secret token,
        bool? isTheirs,
        bool startOver,
        ClientDevice? device,
        OperationId? operation,
        AccountContext context
    ) =>
        account.ConfirmVerification(
            new(token, isTheirs is true, isTheirs is null, startOver, device, operation),
            isTheirs is null ? account.Ticket(isRight: false) : null,
            context
        )!;
}
