using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of requesting an email change.</summary>
public abstract record ChangeEmailResult
{
    private ChangeEmailResult() { }

    /// <summary>
    /// An email was sent to the new address, subject to the rate limit. The result does not reveal whether the address
    /// is taken (user enumeration).
    /// </summary>
    public sealed record Asked : ChangeEmailResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ChangeEmailResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : ChangeEmailResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
