using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of confirming a new second factor.</summary>
public abstract record ConfirmOtpResult
{
    private ConfirmOtpResult() { }

    /// <summary>
    /// The second factor was added, and all other sessions have ended. The recovery codes are shown once.
    /// </summary>
    public sealed record Added(IReadOnlyList<Secret> RecoveryCodes, SessionTokens? Tokens)
        : ConfirmOtpResult;

    /// <summary>The code is wrong.</summary>
    public sealed record WrongCode : ConfirmOtpResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ConfirmOtpResult;

    /// <summary>There is no secret to confirm.</summary>
    public sealed record NotOffered : ConfirmOtpResult;

    /// <summary>The call was retried, and the codes that the first one generated are no longer available.</summary>
    public sealed record CodesLost : ConfirmOtpResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : ConfirmOtpResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Added, T> added,
        Func<WrongCode, T> wrongCode,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NotOffered, T> notOffered,
        Func<CodesLost, T> codesLost,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Added result => added(result),
            WrongCode result => wrongCode(result),
            StepUpRequired result => stepUpRequired(result),
            NotOffered result => notOffered(result),
            CodesLost result => codesLost(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
