using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of removing a second factor.</summary>
public abstract record RemoveOtpResult
{
    private RemoveOtpResult() { }

    /// <summary>
    /// The second factor was removed, with the last one also the recovery codes, and all other sessions have ended.
    /// </summary>
    public sealed record Removed(SessionTokens? Tokens) : RemoveOtpResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : RemoveOtpResult;

    /// <summary>The account does not have this second factor.</summary>
    public sealed record NotOn : RemoveOtpResult;

    /// <summary>The settings require a second factor, and this is the last one.</summary>
    public sealed record LastFactor : RemoveOtpResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : RemoveOtpResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Removed, T> removed,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NotOn, T> notOn,
        Func<LastFactor, T> lastFactor,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Removed result => removed(result),
            StepUpRequired result => stepUpRequired(result),
            NotOn result => notOn(result),
            LastFactor result => lastFactor(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
