using System.Diagnostics;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of a registration.</summary>
public abstract record RegisterResult
{
    private RegisterResult() { }

    /// <summary>The session was started.</summary>
    public sealed record SignedIn(string Email, SessionTokens Tokens) : RegisterResult;

    /// <summary>The account was created; the email has to be verified before sign-in.</summary>
    public sealed record VerificationAwaited : RegisterResult;

    /// <summary>Registration is closed.</summary>
    public sealed record RegistrationClosed : RegisterResult;

    /// <summary>The id is already used or was released.</summary>
    public sealed record IdTaken : RegisterResult;

    /// <summary>
    /// The new password was rejected. The limit is in code points; 0 for reasons other than the length.
    /// </summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : RegisterResult;

    /// <summary>
    /// The email is claimed, possibly by an id that never completed its registration. <c>MayBeTold</c> is false where
    /// the response must not reveal this (user enumeration).
    /// </summary>
    public sealed record EmailTaken(UserId Owner, bool MayBeTold) : RegisterResult;

    /// <summary>The first step has expired, was used, or precedes a change of the account's secrets.</summary>
    public sealed record Expired : RegisterResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : RegisterResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<VerificationAwaited, T> verificationAwaited,
        Func<RegistrationClosed, T> registrationClosed,
        Func<IdTaken, T> idTaken,
        Func<PasswordRefused, T> passwordRefused,
        Func<EmailTaken, T> emailTaken,
        Func<Expired, T> expired,
        Func<Busy, T> busy
    ) =>
        this switch
        {
            SignedIn result => signedIn(result),
            VerificationAwaited result => verificationAwaited(result),
            RegistrationClosed result => registrationClosed(result),
            IdTaken result => idTaken(result),
            PasswordRefused result => passwordRefused(result),
            EmailTaken result => emailTaken(result),
            Expired result => expired(result),
            Busy result => busy(result),
            _ => throw new UnreachableException(),
        };
}
