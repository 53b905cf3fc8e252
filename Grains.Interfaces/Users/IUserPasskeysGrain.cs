using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>A user's passkeys. The front end verifies the authenticator's signatures before these calls.</summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-passkeys")]
public interface IUserPasskeysGrain : IGrainWithStringKey
{
    /// <summary>The passkeys, in the order in which they were added; empty when there is no user.</summary>
    [Alias("list-passkeys")]
    Task<PasskeyRing> ListPasskeys();

    /// <summary>Whether the caller may add a passkey now: requires step-up and a verified email.</summary>
    [Alias("may-add-passkey")]
    Task<MayAddPasskeyResult> MayAddPasskey(CallerContext caller);

    /// <summary>Adds one, ends all other sessions, and notifies the user.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="passkey">The passkey.</param>
    /// <param name="challenge">The registration challenge that it answers.</param>
    [Alias("add-passkey")]
    Task<AddPasskeyResult> AddPasskey(
        CallerContext caller,
        Passkey passkey,
        AnsweredChallenge challenge
    );

    /// <summary>Removes one, ends all other sessions, and notifies the user.</summary>
    [Alias("remove-passkey")]
    Task<RemovePasskeyResult> RemovePasskey(CallerContext caller, string id);

    /// <summary>Signs in with a passkey.</summary>
    [Alias("sign-in-with-passkey")]
    Task<SignInWithPasskeyResult> SignInWithPasskey(PasskeyUse use, SignInContext where);

    /// <summary>Step-up authentication with a passkey.</summary>
    [Alias("step-up-with-passkey")]
    Task<StepUpWithPasskeyResult> StepUpWithPasskey(CallerContext caller, PasskeyUse use);
}

/// <summary>A user's passkeys.</summary>
/// <param name="Stamp">The account's security stamp at the time of reading.</param>
/// <param name="Passkeys">The passkeys, in the order in which they were added.</param>
[GenerateSerializer, Immutable, Alias("passkey-ring")]
public sealed record PasskeyRing(
    [property: Id(0)] long Stamp,
    [property: Id(1)] IReadOnlyList<Passkey> Passkeys
);
