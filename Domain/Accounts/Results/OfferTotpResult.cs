using System.Diagnostics;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What asking for a new authenticator secret came to.</summary>
public abstract record OfferTotpResult
{
    private OfferTotpResult() { }

    /// <summary>The secret counts for nothing until a code of it has confirmed it.</summary>
    public sealed record Offered(Secret Secret, string Email) : OfferTotpResult;

    /// <summary>The email has to be verified first.</summary>
    public sealed record EmailNotVerified : OfferTotpResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : OfferTotpResult;

    /// <summary>An authenticator app is on already.</summary>
    public sealed record AlreadyOn : OfferTotpResult;

    /// <summary>The settings allow no second factor to be added.</summary>
    public sealed record NotAllowed : OfferTotpResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : OfferTotpResult;

    /// <summary>Goes on by what it came to.</summary>
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
