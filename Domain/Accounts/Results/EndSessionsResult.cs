using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What ending the other sessions came to.</summary>
public abstract record EndSessionsResult
{
    private EndSessionsResult() { }

    /// <summary>They have ended.</summary>
    public sealed record Ended : EndSessionsResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : EndSessionsResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : EndSessionsResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Ended, T> ended,
        Func<StepUpRequired, T> stepUpRequired,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Ended result => ended(result),
            StepUpRequired result => stepUpRequired(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
