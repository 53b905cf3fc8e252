using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of revoking the other sessions.</summary>
public abstract record EndSessionsResult
{
    private EndSessionsResult() { }

    /// <summary>The sessions have ended.</summary>
    public sealed record Ended : EndSessionsResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.2), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : EndSessionsResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : EndSessionsResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
