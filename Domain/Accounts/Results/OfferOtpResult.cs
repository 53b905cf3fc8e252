using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of beginning to add a second factor.</summary>
public abstract record OfferOtpResult
{
    private OfferOtpResult() { }

    /// <summary>The secret, which has no effect until it is confirmed with a code.</summary>
    public sealed record Offered(Secret Secret, string Email) : OfferOtpResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : OfferOtpResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : OfferOtpResult;

    /// <summary>The account already has this second factor.</summary>
    public sealed record AlreadyOn : OfferOtpResult;

    /// <summary>Second factors are disabled in the settings.</summary>
    public sealed record NotAllowed : OfferOtpResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : OfferOtpResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Offered, T> offered,
        Func<EmailNotVerified, T> emailNotVerified,
        Func<StepUpRequired, T> stepUpRequired,
        Func<AlreadyOn, T> alreadyOn,
        Func<NotAllowed, T> notAllowed,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Offered result => offered(result),
            EmailNotVerified result => emailNotVerified(result),
            StepUpRequired result => stepUpRequired(result),
            AlreadyOn result => alreadyOn(result),
            NotAllowed result => notAllowed(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
