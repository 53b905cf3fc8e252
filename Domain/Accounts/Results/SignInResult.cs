using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a sign-in by password came to, both halves together.</summary>
public abstract record SignInResult
{
    private SignInResult() { }

    /// <summary>The session has started.</summary>
    public sealed record SignedIn(string Email, SessionGrant Grant) : SignInResult;

    /// <summary>One of the methods is needed as well. The second step brings the stamp along.</summary>
    public sealed record SecondFactorNeeded(
        UserId User,
        long Stamp,
        IReadOnlyList<AuthenticationMethod> Methods
    ) : SignInResult;

    /// <summary>The email has to be verified first; a mail that verifies it was sent if the limits allowed it. Where registration is private nobody may be told.</summary>
    public sealed record EmailNotVerified(bool MayBeTold) : SignInResult;

    /// <summary>There is no such account, or the password is another: never told apart.</summary>
    public sealed record Refused : SignInResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : SignInResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<SecondFactorNeeded, T> secondFactorNeeded,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<Refused, T> refused,
        Func<Busy, T> busy
    ) =>
        this switch
        {
            SignedIn result => signedIn(result),
            SecondFactorNeeded result => secondFactorNeeded(result),
            EmailNotVerified result => emailNotVerified(result),
            Refused result => refused(result),
            Busy result => busy(result),
            _ => throw new UnreachableException(),
        };
}
