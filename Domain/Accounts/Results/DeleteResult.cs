using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What deleting the account came to.</summary>
public abstract record DeleteResult
{
    private DeleteResult() { }

    /// <summary>The account is gone, its sessions have ended, and its email is free again.</summary>
    public sealed record Deleted : DeleteResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : DeleteResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : DeleteResult;

    /// <summary>Goes on by what it came to.</summary>
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
