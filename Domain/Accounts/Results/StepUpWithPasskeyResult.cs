using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of a step-up with a passkey.</summary>
public abstract record StepUpWithPasskeyResult
{
    private StepUpWithPasskeyResult() { }

    /// <summary>The session was re-authenticated and has new tokens.</summary>
    public sealed record Proved(SessionTokens Tokens) : StepUpWithPasskeyResult;

    /// <summary>The passkey is unknown, or the challenge was used before.</summary>
    public sealed record Refused : StepUpWithPasskeyResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : StepUpWithPasskeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Proved, T> proved,
        Func<Refused, T> refused,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Proved result => proved(result),
            Refused result => refused(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
