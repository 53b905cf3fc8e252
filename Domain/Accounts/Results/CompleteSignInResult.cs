using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of the second step of a sign-in.</summary>
public abstract record CompleteSignInResult
{
    private CompleteSignInResult() { }

    /// <summary>The session was started.</summary>
    public sealed record SignedIn(string Email, SessionTokens Tokens) : CompleteSignInResult;

    /// <summary>The code is wrong or was used before.</summary>
    public sealed record WrongCode(AuthenticationMethod Method) : CompleteSignInResult;

    /// <summary>The first step has expired, was used, or precedes a change of the account's secrets.</summary>
    public sealed record Expired : CompleteSignInResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
