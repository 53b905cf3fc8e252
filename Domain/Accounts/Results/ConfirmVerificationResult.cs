using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of verifying an email.</summary>
public abstract record ConfirmVerificationResult
{
    private ConfirmVerificationResult() { }

    /// <summary>
    /// The email is verified. If <c>StartedOver</c> is set, the account was started over and has no password. If
    /// <c>Already</c> is set, it was verified before and nothing changed.
    /// </summary>
    public sealed record Verified(string Email, bool StartedOver, bool Already)
        : ConfirmVerificationResult;

    /// <summary>
    /// The link token is wrong, used, expired or for another purpose. These cases are not distinguished.
    /// </summary>
    public sealed record LinkRefused : ConfirmVerificationResult;

    /// <summary>
    /// The link is valid, but was opened without a session of the account and without its password. The email can then
    /// only be verified by starting the account over, which was not requested.
    /// </summary>
    public sealed record StartOverNeeded : ConfirmVerificationResult;

    /// <summary>The password is wrong.</summary>
    public sealed record WrongPassword : ConfirmVerificationResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : ConfirmVerificationResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Verified, T> verified,
        Func<LinkRefused, T> linkRefused,
        Func<StartOverNeeded, T> startOverNeeded,
        Func<WrongPassword, T> wrongPassword,
        Func<Busy, T> busy
    ) =>
        this switch
        {
            Verified result => verified(result),
            LinkRefused result => linkRefused(result),
            StartOverNeeded result => startOverNeeded(result),
            WrongPassword result => wrongPassword(result),
            Busy result => busy(result),
            _ => throw new UnreachableException(),
        };
}
