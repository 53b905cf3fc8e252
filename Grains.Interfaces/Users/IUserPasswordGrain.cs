using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>Change and reset of a user's password.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. When a call returns, its change is
/// durable and the sessions that it ends have ended.
/// </remarks>
[Alias("user-password")]
public interface IUserPasswordGrain : IGrainWithStringKey
{
    /// <summary>Changes the password, ends all other sessions, and renews the caller's tokens.</summary>
    [Alias("change-password")]
    Task<ChangePasswordResult> ChangePassword(
        CallerContext caller,
        Password current,
        Password replacement
    );

    /// <summary>
    /// Sends a reset link, within the budget. Against user enumeration, an id without a user causes the same writes and
    /// takes as long.
    /// </summary>
    [Alias("forgot-password")]
    Task ForgotPassword();

    /// <summary>
    /// Sets a new password with a link token and ends all sessions. Does not sign in, and does not change second
    /// factors.
    /// </summary>
    /// <param name="token">The link token.</param>
    /// <param name="replacement">The new password.</param>
    /// <param name="operation">The id that makes a repeated call idempotent; null for none.</param>
    [Alias("reset-password")]
    Task<ResetPasswordResult> ResetPassword(
        Secret token,
        Password replacement,
        OperationId? operation = null
    );
}
