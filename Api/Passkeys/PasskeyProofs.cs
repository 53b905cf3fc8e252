using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Passkeys;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>Who somebody is, by a passkey: at the sign-in, and to prove it anew.</summary>
internal sealed class PasskeyProofs(PasskeyCeremonies ceremonies, IGrainFactory grains)
{
    /// <summary>Asks for a signature. Whose, the browser lets its user choose.</summary>
    public async Task<PasskeyChallenge> Ask(HttpContext context)
    {
        PasskeyRequestOptionsResult made = await ceremonies
            .With(owner: null)
            .MakeRequestOptionsAsync(user: null, context);
        return await ceremonies.Challenge(
            ChallengePurpose.Proving,
            made.AssertionState,
            made.RequestOptionsJson
        );
    }

    /// <summary>Verifies the answer of somebody whom it is to name. The challenge is used up by it.</summary>
    /// <returns>Null when it is not good, whatever the reason.</returns>
    public async Task<PasskeyProof?> Verify(
        string challenge,
        JsonElement credential,
        HttpContext context
    )
    {
        if (
            await ceremonies.Take(challenge, ChallengePurpose.Proving) is not { } state
            || Credential.Read(credential) is not { User: { } user } read
        )
            return null;

        PasskeyOwner owner = new(user, await grains.UserPasskeys(user).ListPasskeys());
        PasskeyAssertionResult<PasskeyOwner> result = await ceremonies
            .With(owner)
            .PerformAssertionAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = read.Json,
                    AssertionState = state,
                }
            );
        return result is { Succeeded: true, Passkey: var passkey }
            ? new(
                user,
                new(
                    Base64Url.EncodeToString(passkey.CredentialId),
                    passkey.SignCount,
                    passkey.IsBackedUp
                )
            )
            : null;
    }

    /// <summary>
    /// Verifies the answer of somebody who is known: another's passkey is as good as none, even if it has the id of one
    /// of theirs.
    /// </summary>
    /// <returns>Null when it is not good, whatever the reason.</returns>
    public async Task<PasskeyUse?> Verify(
        UserId user,
        string challenge,
        JsonElement credential,
        HttpContext context
    ) =>
        await Verify(challenge, credential, context) is { } proof && proof.User == user
            ? proof.Use
            : null;
}

/// <summary>A verified signature with a passkey.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Use">What the user's grain is told of it.</param>
internal sealed record PasskeyProof(UserId User, PasskeyUse Use);
