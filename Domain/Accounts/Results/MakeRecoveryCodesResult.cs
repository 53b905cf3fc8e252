using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of replacing the recovery codes.</summary>
public abstract record MakeRecoveryCodesResult
{
    private MakeRecoveryCodesResult() { }

    /// <summary>The codes were replaced, and all other sessions have ended. The codes are shown once.</summary>
    public sealed record Made(IReadOnlyList<Secret> RecoveryCodes, SessionTokens? Tokens)
        : MakeRecoveryCodesResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : MakeRecoveryCodesResult;

    /// <summary>The account has no second factor.</summary>
    public sealed record NoFactor : MakeRecoveryCodesResult;

    /// <summary>The call was retried, and the codes that the first one generated are no longer available.</summary>
    public sealed record CodesLost : MakeRecoveryCodesResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : MakeRecoveryCodesResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Made, T> made,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NoFactor, T> noFactor,
        Func<CodesLost, T> codesLost,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Made result => made(result),
            StepUpRequired result => stepUpRequired(result),
            NoFactor result => noFactor(result),
            CodesLost result => codesLost(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
