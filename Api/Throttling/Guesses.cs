using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Throttling;

/// <summary>What a result says of the secret that was tried.</summary>
internal enum Guess
{
    /// <summary>It was not looked at.</summary>
    NotLookedAt,

    /// <summary>It was right.</summary>
    Right,

    /// <summary>It was wrong.</summary>
    Wrong,

    /// <summary>It was not looked at, since too many passwords wait to be hashed.</summary>
    Overloaded,
}

/// <summary>What each result says of the secret that was tried.</summary>
internal static class Guesses
{
    /// <summary>The same as it is counted.</summary>
    public static TryOutcome Outcome(this Guess guess) =>
        guess == Guess.Right ? TryOutcome.Succeeded
        : guess == Guess.Wrong ? TryOutcome.Failed
        : TryOutcome.NotLookedAt;

    /// <summary>Of a password.</summary>
    public static Guess OfPassword(SignInResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.Right,
            notVerified => notVerified.MayBeTold ? Guess.Right : Guess.Wrong,
            _ => Guess.Wrong,
            _ => Guess.Overloaded
        );

    /// <summary>Of a password.</summary>
    public static Guess OfPassword(ChangePasswordResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.NotLookedAt,
            _ => Guess.Wrong,
            _ => Guess.NotLookedAt,
            _ => Guess.Overloaded,
            _ => Guess.NotLookedAt
        );

    /// <summary>Of a password.</summary>
    public static Guess OfPassword(ConfirmVerificationResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt,
            _ => Guess.Wrong,
            _ => Guess.Overloaded
        );

    /// <summary>Of a password that a code came with, or none.</summary>
    public static Guess OfPassword(StepUpResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.Wrong,
            _ => Guess.Right,
            _ => Guess.NotLookedAt,
            _ => Guess.Overloaded,
            _ => Guess.NotLookedAt
        );

    /// <summary>Of a code that came with a password.</summary>
    public static Guess OfCode(StepUpResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.NotLookedAt,
            _ => Guess.Wrong,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt
        );

    /// <summary>Of a code.</summary>
    public static Guess OfCode(CompleteSignInResult result) =>
        result.Match(_ => Guess.Right, _ => Guess.Wrong, _ => Guess.NotLookedAt);

    /// <summary>Of a code.</summary>
    public static Guess OfCode(ConfirmTotpResult result) =>
        result.Match(
            _ => Guess.Right,
            _ => Guess.Wrong,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt,
            _ => Guess.NotLookedAt
        );
}
