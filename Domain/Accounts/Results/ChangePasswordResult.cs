using System.Diagnostics;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a change of the password came to.</summary>
public abstract record ChangePasswordResult
{
    private ChangePasswordResult() { }

    /// <summary>It is changed, and every other session has ended.</summary>
    public sealed record Changed(SessionGrant? Grant) : ChangePasswordResult;

    /// <summary>The session's proof of who is there is too old or too weak (ASVS 7.5.1). Any one of the ways would do.</summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ChangePasswordResult;

    /// <summary>The password is not right.</summary>
    public sealed record WrongPassword : ChangePasswordResult;

    /// <summary>The new password is not accepted. The limit is in code points, and 0 where the reason is no limit.</summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : ChangePasswordResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : ChangePasswordResult;

    /// <summary>The session that asks has ended meanwhile, and perhaps its account with it.</summary>
    public sealed record SignedOut : ChangePasswordResult;

    /// <summary>Goes on by what it came to.</summary>
    public T Match<T>(
        Func<Changed, T> changed,
        Func<StepUpRequired, T> stepUpRequired,
        Func<WrongPassword, T> wrongPassword,
        Func<PasswordRefused, T> passwordRefused,
        Func<Busy, T> busy,
        Func<SignedOut, T> signedOut
    ) =>
        this switch
        {
            Changed result => changed(result),
            StepUpRequired result => stepUpRequired(result),
            WrongPassword result => wrongPassword(result),
            PasswordRefused result => passwordRefused(result),
            Busy result => busy(result),
            SignedOut result => signedOut(result),
            _ => throw new UnreachableException(),
        };
}
