using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Api.Passkeys;

/// <summary>The user of a ceremony, with the passkeys that exist when it begins.</summary>
/// <param name="Id">The user id.</param>
/// <param name="Passkeys">The user's passkeys.</param>
internal sealed record PasskeyOwner(UserId Id, IReadOnlyList<Passkey> Passkeys)
{
    /// <summary>Inverts the backup eligibility of all passkeys.</summary>
    public PasskeyOwner WithOtherEligibility() =>
        this with
        {
            Passkeys =
            [
                .. Passkeys.Select(passkey =>
                    passkey with
                    {
                        BackupEligible = !passkey.BackupEligible,
                    }
                ),
            ],
        };

    /// <summary>The passkeys as the framework's type.</summary>
    public IEnumerable<UserPasskeyInfo> Infos =>
        Passkeys.Select(passkey => new UserPasskeyInfo(
            Base64Url.DecodeFromChars(passkey.Id),
            Convert.FromBase64String(passkey.PublicKey),
            passkey.CreatedAt,
            passkey.SignCount,
            [.. passkey.Transports],
            // Registration requires user verification.
            isUserVerified: true,
            passkey.BackupEligible,
            passkey.BackedUp,
            Convert.FromBase64String(passkey.AttestationObject),
            Convert.FromBase64String(passkey.ClientDataJson)
        ));
}
