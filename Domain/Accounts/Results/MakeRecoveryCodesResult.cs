using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What replacing the recovery codes came to.</summary>
public abstract record MakeRecoveryCodesResult
{
    private MakeRecoveryCodesResult() { }

    /// <summary>The codes are shown once; every other session has ended.</summary>
    public sealed record Made(IReadOnlyList<Secret> RecoveryCodes, SessionGrant? Grant)
        : MakeRecoveryCodesResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : MakeRecoveryCodesResult;

    /// <summary>There is no authenticator app.</summary>
    public sealed record NoTotp : MakeRecoveryCodesResult;

    /// <summary>The call was repeated, and the codes that the first one made cannot be shown again.</summary>
    public sealed record CodesLost : MakeRecoveryCodesResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : MakeRecoveryCodesResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Made, T> made,
        Func<StepUpRequired, T> stepUpRequired,
        Func<NoTotp, T> noTotp,
        Func<CodesLost, T> codesLost,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Made result => made(result),
            StepUpRequired result => stepUpRequired(result),
            NoTotp result => noTotp(result),
            CodesLost result => codesLost(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
