using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Accounts;

/// <summary>What an operation came to, as the answer that the interfaces still share.</summary>
internal static class UserAnswers
{
    public static UserAnswer ToAnswer(this RegisterResult result) =>
        result.Match<UserAnswer>(
            r => new Admitted(r.Email, r.Grant),
            _ => new VerificationAwaited(),
            _ => new RegistrationClosed(),
            _ => new Refused(),
            r => new PasswordRefused(r.Reason, r.Limit),
            r => new AddressTaken(r.Owner, r.MayBeTold),
            _ => new SignInExpired(),
            _ => new Busy()
        );

    public static UserAnswer ToAnswer(this VerifyPasswordResult result) =>
        result.Match<UserAnswer>(
            r => new PasswordMatched(r.Stamp),
            _ => new Refused(),
            _ => new Busy()
        );

    public static UserAnswer ToAnswer(this EnterResult result) =>
        result.Match<UserAnswer>(
            r => new Admitted(r.Email, r.Grant),
            r => new SecondFactorNeeded(r.User, r.Stamp, r.Methods),
            r => r.MayBeTold ? new AddressNotVerified() : new Refused(),
            _ => new SignInExpired()
        );

    public static UserAnswer ToAnswer(this CompleteSignInResult result) =>
        result.Match<UserAnswer>(
            r => new Admitted(r.Email, r.Grant),
            r => new Refused(r.Method),
            _ => new SignInExpired()
        );

    public static UserAnswer ToAnswer(this SignInWithPasskeyResult result) =>
        result.Match<UserAnswer>(
            r => new Admitted(r.Email, r.Grant),
            _ => new Refused(AuthenticationMethod.Passkey),
            r => r.MayBeTold ? new AddressNotVerified() : new Refused(),
            _ => new SignInExpired()
        );

    public static UserAnswer ToAnswer(this StepUpResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            _ => new Refused(),
            r => new Refused(r.Method),
            r => new StepUpRequired(r.Accepts),
            _ => new Busy(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this StepUpWithPasskeyResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            _ => new Refused(AuthenticationMethod.Passkey),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this ChangePasswordResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            r => new StepUpRequired(r.Accepts),
            _ => new Refused(),
            r => new PasswordRefused(r.Reason, r.Limit),
            _ => new Busy(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this ResetPasswordResult result) =>
        result.Match<UserAnswer>(
            r => new Done(Mark: r.Mark),
            _ => new LinkRefused(),
            r => new PasswordRefused(r.Reason, r.Limit),
            _ => new Busy()
        );

    public static UserAnswer ToAnswer(this ConfirmVerificationResult result) =>
        result.Match<UserAnswer>(
            r => new AddressVerified(r.Email, r.StartedOver, r.Already),
            _ => new LinkRefused(),
            _ => new StartOverNeeded(),
            _ => new Refused(),
            _ => new Busy()
        );

    public static UserAnswer ToAnswer(this ConfirmTotpResult result) =>
        result.Match<UserAnswer>(
            r => new RecoveryCodesMade(r.RecoveryCodes, r.Grant),
            _ => new Refused(AuthenticationMethod.Totp),
            r => new StepUpRequired(r.Accepts),
            _ => new NotThere(),
            _ => new Busy(),
            _ => new SignedOut()
        );
}
