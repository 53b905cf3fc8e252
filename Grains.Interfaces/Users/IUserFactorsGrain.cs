using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's second factors and recovery codes.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. Each change requires a recent
/// authentication (step-up), ends all other sessions, renews the caller's tokens, and notifies the user.
/// </remarks>
[Alias("user-factors")]
public interface IUserFactorsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Offers a new secret, which takes effect once a code has confirmed it. Requires a verified email: the first
    /// verification would otherwise have to remove second factors that an attacker may have added (pre-hijacking).
    /// </summary>
    [Alias("offer-otp")]
    Task<OfferOtpResult> OfferOtp(AuthenticationMethod method, CallerContext caller);

    /// <summary>Turns a second factor on.</summary>
    [Alias("confirm-otp")]
    Task<ConfirmOtpResult> ConfirmOtp(
        AuthenticationMethod method,
        CallerContext caller,
        Secret code
    );

    /// <summary>Turns a second factor off; the recovery codes go with the last.</summary>
    [Alias("remove-otp")]
    Task<RemoveOtpResult> RemoveOtp(AuthenticationMethod method, CallerContext caller);

    /// <summary>
    /// Notifies the user of many wrong codes in a row: an attacker who is asked for a code knows the password, or has a
    /// session. Within the budget of emails.
    /// </summary>
    /// <param name="device">The device of the last attempt.</param>
    [Alias("notify-wrong-codes")]
    Task NotifyWrongCodes(ClientDevice device);

    /// <summary>Replaces the recovery codes.</summary>
    [Alias("make-recovery-codes")]
    Task<MakeRecoveryCodesResult> MakeRecoveryCodes(CallerContext caller);
}
