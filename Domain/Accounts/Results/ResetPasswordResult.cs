using System.Diagnostics;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts.Results;

/// <summary>What a reset of the password came to.</summary>
public abstract record ResetPasswordResult
{
    private ResetPasswordResult() { }

    /// <summary>It is set, and every session has ended. The browser that asked is known by the mark from now on.</summary>
    public sealed record Reset(DeviceMark? Mark) : ResetPasswordResult;

    /// <summary>The link's token is wrong, used, expired or for something else: never told apart.</summary>
    public sealed record LinkRefused : ResetPasswordResult;

    /// <summary>The new password is not accepted. The limit is in code points, and 0 where the reason is no limit.</summary>
    public sealed record PasswordRefused(PasswordRefusal Reason, int Limit) : ResetPasswordResult;

    /// <summary>Too many passwords wait to be hashed; nothing was looked at or changed.</summary>
    public sealed record Busy : ResetPasswordResult;

    /// <summary>Goes on by what it came to.</summary>
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
