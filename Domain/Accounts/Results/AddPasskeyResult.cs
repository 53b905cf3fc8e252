using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of adding a passkey.</summary>
public abstract record AddPasskeyResult
{
    private AddPasskeyResult() { }

    /// <summary>The passkey was added, and all other sessions have ended.</summary>
    public sealed record Added(SessionTokens? Tokens) : AddPasskeyResult;

    /// <summary>The account already has this passkey, or the challenge was used before.</summary>
    public sealed record AlreadyKnown : AddPasskeyResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : AddPasskeyResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : AddPasskeyResult;

    /// <summary>The maximum number of passkeys is reached.</summary>
    public sealed record LimitReached : AddPasskeyResult;

    /// <summary>Second factors are disabled in the settings.</summary>
    public sealed record NotAllowed : AddPasskeyResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : AddPasskeyResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
