using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the second half of a sign-in by password came to.</summary>
public abstract record EnterResult
{
    private EnterResult() { }

    /// <summary>The session has started.</summary>
    public sealed record SignedIn(string Email, SessionGrant Grant) : EnterResult;

    /// <summary>One of the methods is needed as well. The second step brings the stamp along.</summary>
    public sealed record SecondFactorNeeded(
        UserId User,
        long Stamp,
        IReadOnlyList<AuthenticationMethod> Methods
    ) : EnterResult;

    /// <summary>The email has to be verified first; a mail that verifies it was sent if the limits allowed it. Where registration is private nobody may be told.</summary>
    public sealed record EmailNotVerified(bool MayBeTold) : EnterResult;

    /// <summary>The first step is too old, was used, or is from before a change of the account's secrets.</summary>
    public sealed record Expired : EnterResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<SecondFactorNeeded, T> secondFactorNeeded,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<Expired, T> expired
    ) =>
        this switch
        {
            SignedIn result => signedIn(result),
            SecondFactorNeeded result => secondFactorNeeded(result),
            EmailNotVerified result => emailNotVerified(result),
            Expired result => expired(result),
            _ => throw new UnreachableException(),
        };
}
