using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What asking for another email came to.</summary>
public abstract record ChangeEmailResult
{
    private ChangeEmailResult() { }

    /// <summary>A mail was sent to the new address if the limits allowed it. Whether the address is taken is not told.</summary>
    public sealed record Asked : ChangeEmailResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ChangeEmailResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : ChangeEmailResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Asked, T> asked,
        Func<StepUpRequired, T> stepUpRequired,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Asked result => asked(result),
            StepUpRequired result => stepUpRequired(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
