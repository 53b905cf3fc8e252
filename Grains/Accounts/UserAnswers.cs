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

    public static UserAnswer ToAnswer(this SendVerificationResult result) =>
        result.Match<UserAnswer>(_ => new Done(), _ => new AlreadySo(), _ => new SignedOut());

    public static UserAnswer ToAnswer(this ConfirmVerificationResult result) =>
        result.Match<UserAnswer>(
            r => new AddressVerified(r.Email, r.StartedOver, r.Already),
            _ => new LinkRefused(),
            _ => new StartOverNeeded(),
            _ => new Refused(),
            _ => new Busy()
        );

    public static UserAnswer ToAnswer(this ChangeEmailResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            r => new StepUpRequired(r.Accepts),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this ConfirmEmailChangeResult result) =>
        result.Match<UserAnswer>(
            r => new AddressVerified(r.Email, StartedOver: false),
            r => new AddressTaken(r.Owner),
            _ => new LinkRefused()
        );

    public static UserAnswer ToAnswer(this OfferTotpResult result) =>
        result.Match<UserAnswer>(
            r => new TotpOffered(r.Secret, r.Email),
            _ => new AddressNotVerified(),
            r => new StepUpRequired(r.Accepts),
            _ => new AlreadySo(),
            _ => new NotAllowed(),
            _ => new SignedOut()
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

    public static UserAnswer ToAnswer(this RemoveTotpResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            r => new StepUpRequired(r.Accepts),
            _ => new NotThere(),
            _ => new NotAllowed(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this MakeRecoveryCodesResult result) =>
        result.Match<UserAnswer>(
            r => new RecoveryCodesMade(r.RecoveryCodes, r.Grant),
            r => new StepUpRequired(r.Accepts),
            _ => new NotThere(),
            _ => new Busy(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this MayAddPasskeyResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            _ => new AddressNotVerified(),
            r => new StepUpRequired(r.Accepts),
            _ => new TooMany(),
            _ => new NotAllowed(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this AddPasskeyResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            _ => new AlreadySo(),
            _ => new AddressNotVerified(),
            r => new StepUpRequired(r.Accepts),
            _ => new TooMany(),
            _ => new NotAllowed(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this RemovePasskeyResult result) =>
        result.Match<UserAnswer>(
            r => new Done(r.Grant),
            r => new StepUpRequired(r.Accepts),
            _ => new NotThere(),
            _ => new NotAllowed(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this EndSessionResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            r => new StepUpRequired(r.Accepts),
            _ => new NotThere(),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this EndSessionsResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            r => new StepUpRequired(r.Accepts),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this DeleteResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            r => new StepUpRequired(r.Accepts),
            _ => new SignedOut()
        );

    public static UserAnswer ToAnswer(this ImportResult result) =>
        result.Match<UserAnswer>(
            _ => new Done(),
            r => new AddressTaken(r.Owner),
            _ => new Refused()
        );
}
