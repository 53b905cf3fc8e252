using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of a sign-in with a password.</summary>
public abstract record SignInResult
{
    private SignInResult() { }

    /// <summary>The session was started.</summary>
    public sealed record SignedIn(string Email, SessionTokens Tokens) : SignInResult;

    /// <summary>A second factor is required, by one of the methods. The second step has to present the stamp.</summary>
    public sealed record SecondFactorNeeded(
        UserId User,
        long Stamp,
        IReadOnlyList<AuthenticationMethod> Methods
    ) : SignInResult;

    /// <summary>
    /// The email has to be verified first. A verification email was sent, subject to the rate limit. <c>MayBeTold</c>
    /// is false where the response must not reveal this (user enumeration).
    /// </summary>
    public sealed record EmailNotVerified(bool MayBeTold) : SignInResult;

    /// <summary>There is no such account, or the password is wrong. These cases are not distinguished.</summary>
    public sealed record Refused : SignInResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : SignInResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
