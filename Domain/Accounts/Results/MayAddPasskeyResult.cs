using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>Whether a passkey may be added, or why not.</summary>
public abstract record MayAddPasskeyResult
{
    private MayAddPasskeyResult() { }

    /// <summary>A passkey may be added.</summary>
    public sealed record Allowed : MayAddPasskeyResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : MayAddPasskeyResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : MayAddPasskeyResult;

    /// <summary>The maximum number of passkeys is reached.</summary>
    public sealed record LimitReached : MayAddPasskeyResult;

    /// <summary>Second factors are disabled in the settings.</summary>
    public sealed record NotAllowed : MayAddPasskeyResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : MayAddPasskeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
