using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What removing the authenticator app came to.</summary>
public abstract record RemoveTotpResult
{
    private RemoveTotpResult() { }

    /// <summary>It is off, its recovery codes are gone, and every other session has ended.</summary>
    public sealed record Removed(SessionGrant? Grant) : RemoveTotpResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : RemoveTotpResult;

    /// <summary>There is no authenticator app.</summary>
    public sealed record NotOn : RemoveTotpResult;

    /// <summary>The settings ask for a second factor, and this is the last.</summary>
    public sealed record LastFactor : RemoveTotpResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : RemoveTotpResult;

    /// <summary>Goes on by what it came to.</summary>
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
