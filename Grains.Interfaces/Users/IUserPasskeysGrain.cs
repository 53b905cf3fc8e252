using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

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
    [Alias("may-add-passkey")]
    Task<MayAddPasskeyResult> MayAddPasskey(Asking asking);

    /// <summary>Adds one; ends all other sessions, and is mailed.</summary>
    /// <param name="asking">The session that asks.</param>
    /// <param name="passkey">The passkey.</param>
    /// <param name="challenge">The challenge that it was made for.</param>
    [Alias("add-passkey")]
    Task<AddPasskeyResult> AddPasskey(Asking asking, Passkey passkey, AnsweredChallenge challenge);

    /// <summary>Removes one; ends all other sessions, and is mailed.</summary>
    [Alias("remove-passkey")]
    Task<RemovePasskeyResult> RemovePasskey(Asking asking, string id);

    /// <summary>Starts a session for somebody who has signed with a passkey.</summary>
    [Alias("sign-in-with-passkey")]
    Task<SignInWithPasskeyResult> SignInWithPasskey(PasskeyUse use, Entrance entrance);

    /// <summary>Proves anew who is there, with a passkey.</summary>
    [Alias("step-up-with-passkey")]
    Task<StepUpWithPasskeyResult> StepUpWithPasskey(Asking asking, PasskeyUse use);
}

/// <summary>A user's passkeys.</summary>
/// <param name="Stamp">The state of the account's secrets that they belong to.</param>
/// <param name="Passkeys">The passkeys, in the order in which they were added.</param>
[GenerateSerializer, Immutable, Alias("passkey-ring")]
public sealed record PasskeyRing(
    [property: Id(0)] long Stamp,
    [property: Id(1)] IReadOnlyList<Passkey> Passkeys
);
