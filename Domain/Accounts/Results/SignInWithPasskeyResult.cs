using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a sign-in with a passkey came to.</summary>
public abstract record SignInWithPasskeyResult
{
    private SignInWithPasskeyResult() { }

    /// <summary>The session has started.</summary>
    public sealed record SignedIn(string Email, SessionGrant Grant) : SignInWithPasskeyResult;

    /// <summary>There is no such passkey, or the challenge was answered before.</summary>
    public sealed record Refused : SignInWithPasskeyResult;

    /// <summary>The email has to be verified first; a mail that verifies it was sent if the limits allowed it. Where registration is private nobody may be told.</summary>
    public sealed record EmailNotVerified(bool MayBeTold) : SignInWithPasskeyResult;

    /// <summary>The first step is too old, was used, or is from before a change of the account's secrets.</summary>
    public sealed record Expired : SignInWithPasskeyResult;

    /// <summary>Goes on by what it came to.</summary>
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
