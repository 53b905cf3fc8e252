using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's e-mail address: verified, changed.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. Whatever is answered is durable. A
/// link's token is good for one user, one purpose, one address, once, and for a time (ASVS 6.4.1).
/// </remarks>
[Alias("user-address")]
public interface IUserAddressGrain : IGrainWithStringKey
{
    /// <summary>Sends the mail again by which the address is verified; not more often than allowed, silently.</summary>
    [Alias("send-verification")]
    Task<SendVerificationResult> SendVerification(Asking asking);

    /// <summary>
    /// Takes the proof that the address is its owner's. The first proof for an address that was never verified, by
    /// somebody who neither holds a session of the account nor knows its password, starts the account over: it removes
    /// every session and the password, since whoever made the account may not have been the address's owner. That is
    /// done only where it is asked for, and mailed. A second factor stays: only an import brings one before the proof.
    /// Safe to repeat while the link is not too old.
    /// </summary>
    /// <param name="token">The link's token.</param>
    /// <param name="asking">The live session of this user that the link was opened in, if any.</param>
    /// <param name="password">The account's password, if it was given.</param>
    /// <param name="startOver">Whether the account is to be started over where there is neither.</param>
    /// <param name="operation">What this is, when the call is repeated.</param>
    [Alias("confirm-verification")]
    Task<ConfirmVerificationResult> ConfirmVerification(
        Secret token,
        Asking? asking,
        Password? password,
        bool startOver,
        OperationId? operation = null
    );

    /// <summary>Sends a mail to a new address, by which the change is confirmed. Whether it is taken is not told.</summary>
    /// <param name="asking">Who asks.</param>
    /// <param name="email">The new address, canonical.</param>
    [Alias("change-address")]
    Task<ChangeEmailResult> ChangeAddress(Asking asking, string email);

    /// <summary>Changes the address, with the token that was sent to the new one. The old one is told.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="insteadOf">An owner of the new address who was found not to have it, if any.</param>
    /// <param name="operation">What this is, when the call is repeated.</param>
    [Alias("confirm-address-change")]
    Task<ConfirmEmailChangeResult> ConfirmAddressChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation = null
    );

    /// <summary>Tells the owner that somebody tried to register with this address; not more often than allowed.</summary>
    [Alias("tell-of-registration")]
    Task TellOfRegistration();
}
