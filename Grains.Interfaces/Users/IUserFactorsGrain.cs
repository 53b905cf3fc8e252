using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's authenticator app and recovery codes.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. Each change asks for a fresh proof of who
/// is there, ends all other sessions, gives this one new tokens, and is mailed.
/// </remarks>
[Alias("user-factors")]
public interface IUserFactorsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Offers a new secret, which counts for nothing until a code of it has confirmed it. Only where the address is
    /// verified: the first proof of an address would otherwise have to take away what somebody else may have added.
    /// </summary>
    [Alias("offer-totp")]
    Task<OfferTotpResult> OfferTotp(Asking asking);

    /// <summary>Turns the authenticator app on.</summary>
    [Alias("confirm-totp")]
    Task<ConfirmTotpResult> ConfirmTotp(Asking asking, Secret code);

    /// <summary>Turns the authenticator app off; the recovery codes go with it.</summary>
    [Alias("remove-totp")]
    Task<RemoveTotpResult> RemoveTotp(Asking asking);

    /// <summary>
    /// Tells the owner by mail that codes have been wrong many times in a row: whoever gets as far as a code knows the
    /// password, or has a session. Not more often than mails are allowed.
    /// </summary>
    /// <param name="device">From where the last of them came.</param>
    [Alias("tell-of-wrong-codes")]
    Task TellOfWrongCodes(ClientDevice device);

    /// <summary>Replaces the recovery codes.</summary>
    [Alias("make-recovery-codes")]
    Task<MakeRecoveryCodesResult> MakeRecoveryCodes(Asking asking);
}
