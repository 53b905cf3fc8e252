using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What the first code of an authenticator app came to.</summary>
public abstract record ConfirmTotpResult
{
    private ConfirmTotpResult() { }

    /// <summary>The authenticator app is on, and every other session has ended. The recovery codes are shown once.</summary>
    public sealed record Added(IReadOnlyList<Secret> RecoveryCodes, SessionGrant? Grant)
        : ConfirmTotpResult;

    /// <summary>The code is not right.</summary>
    public sealed record WrongCode : ConfirmTotpResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ConfirmTotpResult;

    /// <summary>No secret waits to be confirmed.</summary>
    public sealed record NotOffered : ConfirmTotpResult;

    /// <summary>The call was repeated, and the codes that the first one made cannot be shown again.</summary>
    public sealed record CodesLost : ConfirmTotpResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : ConfirmTotpResult;

    /// <summary>Goes on by what it came to.</summary>
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
