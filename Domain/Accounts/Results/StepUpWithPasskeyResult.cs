using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a step-up with a passkey came to.</summary>
public abstract record StepUpWithPasskeyResult
{
    private StepUpWithPasskeyResult() { }

    /// <summary>The session has a fresh proof and new tokens.</summary>
    public sealed record Proved(SessionGrant Grant) : StepUpWithPasskeyResult;

    /// <summary>There is no such passkey, or the challenge was answered before.</summary>
    public sealed record Refused : StepUpWithPasskeyResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : StepUpWithPasskeyResult;

    /// <summary>Goes on by what it came to.</summary>
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
