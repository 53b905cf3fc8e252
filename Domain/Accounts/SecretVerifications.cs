using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts;

/// <summary>What a result implies about the presented secret.</summary>
public enum SecretVerification
{
    /// <summary>It was not verified.</summary>
    NotVerified,

    /// <summary>It was right.</summary>
    Right,

    /// <summary>It was wrong.</summary>
    Wrong,

    /// <summary>It was not verified, because the password hashing queue was full.</summary>
    Overloaded,
}

/// <summary>Maps results to what they imply about the presented secret.</summary>
public static class SecretVerifications
{
    /// <summary>Converts to the outcome of the throttled attempt.</summary>
    public static AttemptOutcome Outcome(this SecretVerification verification) =>
        verification == SecretVerification.Right ? AttemptOutcome.Succeeded
        : verification == SecretVerification.Wrong ? AttemptOutcome.Failed
        : AttemptOutcome.NotVerified;

    /// <summary>Determines the outcome for the password.</summary>
    public static SecretVerification OfPassword(SignInResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.Right,
            notVerified =>
                notVerified.MayBeTold ? SecretVerification.Right : SecretVerification.Wrong,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.Overloaded
        );

    /// <summary>Determines the outcome for the password.</summary>
    public static SecretVerification OfPassword(ChangePasswordResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.Overloaded,
            _ => SecretVerification.NotVerified
        );

    /// <summary>Determines the outcome for the password.</summary>
    public static SecretVerification OfPassword(ConfirmVerificationResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.Overloaded
        );

    /// <summary>Determines the outcome for the password, which may have come with a code.</summary>
    public static SecretVerification OfPassword(StepUpResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.Right,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.Overloaded,
            _ => SecretVerification.NotVerified
        );

    /// <summary>Determines the outcome for the code, which came with a password.</summary>
    public static SecretVerification OfCode(StepUpResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified
        );

    /// <summary>Determines the outcome for the code.</summary>
    public static SecretVerification OfCode(CompleteSignInResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.NotVerified
        );

    /// <summary>Determines the outcome for the code.</summary>
    public static SecretVerification OfCode(ConfirmOtpResult result) =>
        result.Match(
            _ => SecretVerification.Right,
            _ => SecretVerification.Wrong,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified,
            _ => SecretVerification.NotVerified
        );
}
