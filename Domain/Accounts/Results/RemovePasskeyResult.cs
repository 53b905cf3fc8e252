using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What removing a passkey came to.</summary>
public abstract record RemovePasskeyResult
{
    private RemovePasskeyResult() { }

    /// <summary>It is removed, and every other session has ended.</summary>
    public sealed record Removed(SessionGrant? Grant) : RemovePasskeyResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : RemovePasskeyResult;

    /// <summary>There is no such passkey.</summary>
    public sealed record NotFound : RemovePasskeyResult;

    /// <summary>The settings ask for a second factor, and this is the last.</summary>
    public sealed record LastFactor : RemovePasskeyResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : RemovePasskeyResult;

    /// <summary>Goes on by what it came to.</summary>
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
