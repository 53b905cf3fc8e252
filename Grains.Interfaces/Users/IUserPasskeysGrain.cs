using SessionAuth.Grains.Interfaces.Passkeys;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's passkeys. What an authenticator has signed is verified by the front end before these calls.</summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-passkeys")]
public interface IUserPasskeysGrain : IGrainWithStringKey
{
    /// <summary>The passkeys, in the order in which they were added; none where there is no user.</summary>
    [Alias("list-passkeys")]
    Task<PasskeyRing> ListPasskeys();

    /// <summary>Whether this session may add one now: only where the address is verified, as with an authenticator app.</summary>
    /// <returns>
    /// <see cref="Done"/>, <see cref="AddressNotVerified"/>, <see cref="StepUpRequired"/>, <see cref="TooMany"/>,
    /// <see cref="NotAllowed"/> or <see cref="SignedOut"/>.
    /// </returns>
    [Alias("may-add-passkey")]
    Task<UserAnswer> MayAddPasskey(Asking asking);

    /// <summary>Adds one; ends all other sessions, and is mailed.</summary>
    /// <param name="asking">The session that asks.</param>
    /// <param name="passkey">The passkey.</param>
    /// <param name="challenge">The challenge that it was made for.</param>
    /// <returns>As <see cref="MayAddPasskey"/>, and <see cref="AlreadySo"/>, also where the challenge was answered before.</returns>
    [Alias("add-passkey")]
    Task<UserAnswer> AddPasskey(Asking asking, Passkey passkey, AnsweredChallenge challenge);

    /// <summary>Removes one; ends all other sessions, and is mailed.</summary>
    /// <returns><see cref="Done"/>, <see cref="StepUpRequired"/>, <see cref="SignedOut"/>, <see cref="NotThere"/> or <see cref="NotAllowed"/>.</returns>
    [Alias("remove-passkey")]
    Task<UserAnswer> RemovePasskey(Asking asking, string id);

    /// <summary>Starts a session for somebody who has signed with a passkey.</summary>
    /// <returns>
    /// <see cref="Admitted"/>, <see cref="AddressNotVerified"/>, <see cref="Refused"/> where there is no such passkey or the
    /// challenge was answered before, or <see cref="SignInExpired"/> when the account's secrets have changed since it was
    /// verified.
    /// </returns>
    [Alias("sign-in-with-passkey")]
    Task<UserAnswer> SignInWithPasskey(PasskeyUse use, Entrance entrance);

    /// <summary>Proves anew who is there, with a passkey.</summary>
    /// <returns><see cref="Done"/>, <see cref="Refused"/> or <see cref="SignedOut"/>.</returns>
    [Alias("step-up-with-passkey")]
    Task<UserAnswer> StepUpWithPasskey(Asking asking, PasskeyUse use);
}

/// <summary>A user's passkeys.</summary>
/// <param name="Stamp">The state of the account's secrets that they belong to.</param>
/// <param name="Passkeys">The passkeys, in the order in which they were added.</param>
[GenerateSerializer, Immutable, Alias("passkey-ring")]
public sealed record PasskeyRing(
    [property: Id(0)] long Stamp,
    [property: Id(1)] IReadOnlyList<Passkey> Passkeys
);

/// <summary>A passkey.</summary>
/// <param name="Id">The credential's id, in base64url.</param>
/// <param name="Name">The name that its user gave it.</param>
/// <param name="PublicKey">Its public key (COSE), in base64.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null when never.</param>
/// <param name="SignCount">The authenticator's count of signatures, as of the last use.</param>
/// <param name="Transports">How browsers reach the authenticator.</param>
/// <param name="BackupEligible">Whether it may be synced between devices.</param>
/// <param name="BackedUp">Whether it is.</param>
/// <param name="AttestationObject">What the authenticator said when it was made, in base64.</param>
/// <param name="ClientDataJson">What the browser said then, in base64.</param>
[GenerateSerializer, Immutable, Alias("passkey")]
public sealed record Passkey(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string PublicKey,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? LastUsedAt,
    [property: Id(5)] uint SignCount,
    [property: Id(6)] IReadOnlyList<string> Transports,
    [property: Id(7)] bool BackupEligible,
    [property: Id(8)] bool BackedUp,
    [property: Id(9)] string AttestationObject,
    [property: Id(10)] string ClientDataJson
);

/// <summary>A use of a passkey, verified: challenge, origin, signature, and that the authenticator verified its user.</summary>
/// <param name="Id">The credential's id, in base64url.</param>
/// <param name="SignCount">The authenticator's count of signatures.</param>
/// <param name="BackedUp">Whether the passkey is synced.</param>
/// <param name="Stamp">The state of the account's secrets that it was verified against.</param>
/// <param name="Challenge">What was signed.</param>
[GenerateSerializer, Immutable, Alias("passkey-use")]
public sealed record PasskeyUse(
    [property: Id(0)] string Id,
    [property: Id(1)] uint SignCount,
    [property: Id(2)] bool BackedUp,
    [property: Id(3)] long Stamp,
    [property: Id(4)] AnsweredChallenge Challenge
);
