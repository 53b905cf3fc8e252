using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Api.Passkeys;

/// <summary>
/// The WebAuthn registration ceremony: creates the options for a new passkey, and verifies the response.
/// </summary>
internal sealed class PasskeyRegistration(
    PasskeyCeremonies ceremonies,
    IGrainFactory grains,
    TimeProvider clock
)
{
    // The transports of WebAuthn §5.8.4. Unknown ones are not stored.
    private static readonly string[] s_transports =
    [
        "usb",
        "nfc",
        "ble",
        "smart-card",
        "hybrid",
        "internal",
    ];

    /// <summary>Creates the options for a new passkey, on an authenticator that has none of this user.</summary>
    public async Task<PasskeyChallenge> Ask(
        CurrentSession current,
        string email,
        HttpContext context
    )
    {
        PasskeyOwner owner = await Owner(current.User);
        PasskeyCreationOptionsResult made = await ceremonies
            .With(owner)
            .MakeCreationOptionsAsync(
                new()
                {
                    Id = owner.Id.Value,
                    Name = email,
                    DisplayName = email,
                },
                context
            );
        return ceremonies.Challenge(
            ChallengePurpose.Registration(current.User, current.Id),
            made.AttestationState!,
            made.CreationOptionsJson
        );
    }

    /// <summary>
    /// Verifies a new passkey. The challenge must stem from the same session. It is consumed when the passkey is added.
    /// </summary>
    /// <returns>Null if the passkey is invalid, for any reason.</returns>
    public async Task<(Passkey Passkey, AnsweredChallenge Challenge)?> Verify(
        CurrentSession current,
        string challenge,
        string name,
        JsonElement credential,
        HttpContext context
    )
    {
        ChallengePurpose purpose = ChallengePurpose.Registration(current.User, current.Id);
        if (
            ceremonies.Open(challenge, purpose) is not { } opened
            || Credential.Read(credential) is not { } read
        )
            return null;

        PasskeyAttestationResult result = await ceremonies
            .With(await Owner(current.User))
            .PerformAttestationAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = read.Json,
                    AttestationState = opened.State,
                }
            );
        return result is { Succeeded: true, Passkey: var made }
            ? (Named(name, made), opened.Answered)
            : null;
    }

    private async Task<PasskeyOwner> Owner(UserId user) =>
        new(user, (await grains.UserPasskeys(user).ListPasskeys()).Passkeys);

    private Passkey Named(string name, UserPasskeyInfo made) =>
        new(
            Base64Url.EncodeToString(made.CredentialId),
            name,
            Convert.ToBase64String(made.PublicKey),
            clock.GetUtcNow(),
            LastUsedAt: null,
            made.SignCount,
            [.. s_transports.Intersect(made.Transports ?? [])],
            made.IsBackupEligible,
            made.IsBackedUp,
            Convert.ToBase64String(made.AttestationObject),
            Convert.ToBase64String(made.ClientDataJson)
        );
}
