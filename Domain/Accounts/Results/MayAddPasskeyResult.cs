using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>Whether a passkey may be added.</summary>
public abstract record MayAddPasskeyResult
{
    private MayAddPasskeyResult() { }

    /// <summary>It may.</summary>
    public sealed record Allowed : MayAddPasskeyResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : MayAddPasskeyResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : MayAddPasskeyResult;

    /// <summary>There are as many passkeys as allowed.</summary>
    public sealed record LimitReached : MayAddPasskeyResult;

    /// <summary>The settings allow no second factor to be added.</summary>
    public sealed record NotAllowed : MayAddPasskeyResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : MayAddPasskeyResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Allowed, T> allowed,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<StepUpRequired, T> stepUpRequired,
        Func<LimitReached, T> limitReached,
        Func<NotAllowed, T> notAllowed,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Allowed result => allowed(result),
            EmailNotVerified result => emailNotVerified(result),
            StepUpRequired result => stepUpRequired(result),
            LimitReached result => limitReached(result),
            NotAllowed result => notAllowed(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
