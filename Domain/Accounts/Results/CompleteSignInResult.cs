using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the second step of a sign-in came to.</summary>
public abstract record CompleteSignInResult
{
    private CompleteSignInResult() { }

    /// <summary>The session has started.</summary>
    public sealed record SignedIn(string Email, SessionGrant Grant) : CompleteSignInResult;

    /// <summary>The code is not right, or was used before.</summary>
    public sealed record WrongCode(AuthenticationMethod Method) : CompleteSignInResult;

    /// <summary>The first step is too old, was used, or is from before a change of the account's secrets.</summary>
    public sealed record Expired : CompleteSignInResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<WrongCode, T> wrongCode,
        Func<Expired, T> expired
    ) =>
        this switch
        {
            SignedIn result => signedIn(result),
            WrongCode result => wrongCode(result),
            Expired result => expired(result),
            _ => throw new UnreachableException(),
        };
}
