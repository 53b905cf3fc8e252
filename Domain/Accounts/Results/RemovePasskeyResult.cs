using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of removing a passkey.</summary>
public abstract record RemovePasskeyResult
{
    private RemovePasskeyResult() { }

    /// <summary>The passkey was removed, and all other sessions have ended.</summary>
    public sealed record Removed(SessionTokens? Tokens) : RemovePasskeyResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : RemovePasskeyResult;

    /// <summary>The passkey does not exist.</summary>
    public sealed record NotFound : RemovePasskeyResult;

    /// <summary>The settings require a second factor, and this is the last one.</summary>
    public sealed record LastFactor : RemovePasskeyResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : RemovePasskeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Removed, T> removed,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NotFound, T> notFound,
        Func<LastFactor, T> lastFactor,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Removed result => removed(result),
            StepUpRequired result => stepUpRequired(result),
            NotFound result => notFound(result),
            LastFactor result => lastFactor(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
