using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of revoking another session.</summary>
public abstract record EndSessionResult
{
    private EndSessionResult() { }

    /// <summary>The session has ended.</summary>
    public sealed record Ended : EndSessionResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.2), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : EndSessionResult;

    /// <summary>The session does not exist or belongs to another account.</summary>
    public sealed record NotFound : EndSessionResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : EndSessionResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
