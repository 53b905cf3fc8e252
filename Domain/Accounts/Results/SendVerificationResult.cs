using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of requesting a verification email.</summary>
public abstract record SendVerificationResult
{
    private SendVerificationResult() { }

    /// <summary>The email was sent, subject to the rate limit.</summary>
    public sealed record Sent : SendVerificationResult;

    /// <summary>The email is already verified.</summary>
    public sealed record AlreadyVerified : SendVerificationResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : SendVerificationResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Sent, T> sent,
        Func<AlreadyVerified, T> alreadyVerified,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Sent result => sent(result),
            AlreadyVerified result => alreadyVerified(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
