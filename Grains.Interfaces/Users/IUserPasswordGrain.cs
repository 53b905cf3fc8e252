using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's password: changed, forgotten, reset.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. A change is durable, and the sessions
/// that it ends have ended, when it is answered.
/// </remarks>
[Alias("user-password")]
public interface IUserPasswordGrain : IGrainWithStringKey
{
    /// <summary>Changes the password; ends all other sessions, and gives this one new tokens.</summary>
    [Alias("change-password")]
    Task<ChangePasswordResult> ChangePassword(
        Asking asking,
        Password current,
        Password replacement
    );

    /// <summary>
    /// Sends a mail by which the password can be reset; not more often than allowed. For an id without a user it
    /// writes as much, and takes as long.
    /// </summary>
    [Alias("forgot-password")]
    Task ForgotPassword();

    /// <summary>
    /// Sets a new password, with the token that was mailed; ends all sessions, signs nobody in, and leaves the second
    /// factors as they are.
    /// </summary>
    /// <param name="token">The link's token.</param>
    /// <param name="replacement">The new password.</param>
    /// <param name="operation">What this is, when the call is repeated.</param>
    [Alias("reset-password")]
    Task<ResetPasswordResult> ResetPassword(
        Secret token,
        Password replacement,
        OperationId? operation = null
    );
}
