using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the link of a verification mail came to.</summary>
public abstract record ConfirmVerificationResult
{
    private ConfirmVerificationResult() { }

    /// <summary>The email is verified. The account may have been started over, and has no password then; it may have been verified before, and nothing was changed then.</summary>
    public sealed record Verified(string Email, bool StartedOver, bool Already)
        : ConfirmVerificationResult;

    /// <summary>The link's token is wrong, used, expired or for something else: never told apart.</summary>
    public sealed record LinkRefused : ConfirmVerificationResult;

    /// <summary>The link is good, but whoever opened it has neither a session of the account nor its password: it can only be verified by starting the account over, which nobody has asked for.</summary>
    public sealed record StartOverNeeded : ConfirmVerificationResult;

    /// <summary>The password is not right.</summary>
    public sealed record WrongPassword : ConfirmVerificationResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : ConfirmVerificationResult;

    /// <summary>Goes on by what it came to.</summary>
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
