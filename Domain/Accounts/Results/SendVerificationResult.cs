using System.Diagnostics;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What asking for the verification mail came to.</summary>
public abstract record SendVerificationResult
{
    private SendVerificationResult() { }

    /// <summary>The mail was sent if the limits allowed it.</summary>
    public sealed record Sent : SendVerificationResult;

    /// <summary>The email is verified already.</summary>
    public sealed record AlreadyVerified : SendVerificationResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : SendVerificationResult;

    /// <summary>Goes on by what it came to.</summary>
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
