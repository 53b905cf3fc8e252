using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of deleting the account.</summary>
public abstract record DeleteResult
{
    private DeleteResult() { }

    /// <summary>The account was deleted, its sessions have ended, and its email was released.</summary>
    public sealed record Deleted : DeleteResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.3), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : DeleteResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : DeleteResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Deleted, T> deleted,
        Func<StepUpRequired, T> stepUpRequired,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Deleted result => deleted(result),
            StepUpRequired result => stepUpRequired(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
