using System.Diagnostics;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of changing the password.</summary>
public abstract record ChangePasswordResult
{
    private ChangePasswordResult() { }

    /// <summary>The password was changed, and all other sessions have ended.</summary>
    public sealed record Changed(SessionTokens? Tokens) : ChangePasswordResult;

    /// <summary>
    /// Step-up authentication is required first (ASVS 7.5.1), by any one of the accepted combinations of methods.
    /// </summary>
    public sealed record StepUpRequired(IReadOnlyList<IReadOnlyList<AuthenticationMethod>> Accepts)
        : ChangePasswordResult;

    /// <summary>The password is wrong.</summary>
    public sealed record WrongPassword : ChangePasswordResult;

    /// <summary>
    /// The new password was rejected. The limit is in code points; 0 for reasons other than the length.
    /// </summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : ChangePasswordResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : ChangePasswordResult;

    /// <summary>The caller's session has ended, or its account was deleted.</summary>
    public sealed record SignedOut : ChangePasswordResult;

    /// <summary>Calls the delegate that matches the result.</summary>
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
