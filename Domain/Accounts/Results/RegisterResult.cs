using System.Diagnostics;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What registering came to.</summary>
public abstract record RegisterResult
{
    private RegisterResult() { }

    /// <summary>The session has started.</summary>
    public sealed record SignedIn(string Email, SessionGrant Grant) : RegisterResult;

    /// <summary>The account exists, and gets no session before its email is verified.</summary>
    public sealed record VerificationAwaited : RegisterResult;

    /// <summary>Nobody may register.</summary>
    public sealed record RegistrationClosed : RegisterResult;

    /// <summary>The id was used or given up before.</summary>
    public sealed record IdTaken : RegisterResult;

    /// <summary>The new password is not accepted. The limit is in code points, and 0 where the reason is no limit.</summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : RegisterResult;

    /// <summary>The email has an owner, which may turn out to be an id under which nobody registered. Where registration is private nobody may be told.</summary>
    public sealed record EmailTaken(UserId Owner, bool MayBeTold) : RegisterResult;

    /// <summary>The first step is too old, was used, or is from before a change of the account's secrets.</summary>
    public sealed record Expired : RegisterResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : RegisterResult;

    /// <summary>Goes on by what it came to.</summary>
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
