using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of a sign-in with a passkey.</summary>
public abstract record SignInWithPasskeyResult
{
    private SignInWithPasskeyResult() { }

    /// <summary>The session was started.</summary>
    public sealed record SignedIn(string Email, SessionTokens Tokens) : SignInWithPasskeyResult;

    /// <summary>The passkey is unknown, or the challenge was used before.</summary>
    public sealed record Refused : SignInWithPasskeyResult;

    /// <summary>
    /// The email has to be verified first. A verification email was sent, subject to the rate limit. <c>MayBeTold</c>
    /// is false where the response must not reveal this (user enumeration).
    /// </summary>
    public sealed record EmailNotVerified(bool MayBeTold) : SignInWithPasskeyResult;

    /// <summary>The first step has expired, was used, or precedes a change of the account's secrets.</summary>
    public sealed record Expired : SignInWithPasskeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<Refused, T> refused,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<Expired, T> expired
    ) =>
        this switch
        {
            SignedIn result => signedIn(result),
            Refused result => refused(result),
            EmailNotVerified result => emailNotVerified(result),
            Expired result => expired(result),
            _ => throw new UnreachableException(),
        };
}
