using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What ending another session came to.</summary>
public abstract record EndSessionResult
{
    private EndSessionResult() { }

    /// <summary>The session has ended.</summary>
    public sealed record Ended : EndSessionResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : EndSessionResult;

    /// <summary>There is no such session, or it is another account's.</summary>
    public sealed record NotFound : EndSessionResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : EndSessionResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Ended, T> ended,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NotFound, T> notFound,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Ended result => ended(result),
            StepUpRequired result => stepUpRequired(result),
            NotFound result => notFound(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
