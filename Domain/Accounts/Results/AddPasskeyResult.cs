using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What adding a passkey came to.</summary>
public abstract record AddPasskeyResult
{
    private AddPasskeyResult() { }

    /// <summary>It is added, and every other session has ended.</summary>
    public sealed record Added(SessionGrant? Grant) : AddPasskeyResult;

    /// <summary>The account has this passkey, or the challenge was answered before.</summary>
    public sealed record AlreadyKnown : AddPasskeyResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : AddPasskeyResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : AddPasskeyResult;

    /// <summary>There are as many passkeys as allowed.</summary>
    public sealed record LimitReached : AddPasskeyResult;

    /// <summary>The settings allow no second factor to be added.</summary>
    public sealed record NotAllowed : AddPasskeyResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : AddPasskeyResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Added, T> added,
        Func<AlreadyKnown, T> alreadyKnown,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<StepUpRequired, T> stepUpRequired,
        Func<LimitReached, T> limitReached,
        Func<NotAllowed, T> notAllowed,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Added result => added(result),
            AlreadyKnown result => alreadyKnown(result),
            EmailNotVerified result => emailNotVerified(result),
            StepUpRequired result => stepUpRequired(result),
            LimitReached result => limitReached(result),
            NotAllowed result => notAllowed(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
