using System.Diagnostics;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>The result of resetting the password.</summary>
public abstract record ResetPasswordResult
{
    private ResetPasswordResult() { }

    /// <summary>
    /// The password was set, and all sessions have ended. The mark makes the caller's browser a known device.
    /// </summary>
    public sealed record Reset(DeviceMark? Mark) : ResetPasswordResult;

    /// <summary>
    /// The link token is wrong, used, expired or for another purpose. These cases are not distinguished.
    /// </summary>
    public sealed record LinkRefused : ResetPasswordResult;

    /// <summary>
    /// The new password was rejected. The limit is in code points; 0 for reasons other than the length.
    /// </summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : ResetPasswordResult;

    /// <summary>The password hashing queue is full (load shedding); nothing was verified or changed.</summary>
    public sealed record Busy : ResetPasswordResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Reset, T> reset,
        Func<LinkRefused, T> linkRefused,
        Func<PasswordRefused, T> passwordRefused,
        Func<Busy, T> busy
    ) =>
        this switch
        {
            Reset result => reset(result),
            LinkRefused result => linkRefused(result),
            PasswordRefused result => passwordRefused(result),
            Busy result => busy(result),
            _ => throw new UnreachableException(),
        };
}
