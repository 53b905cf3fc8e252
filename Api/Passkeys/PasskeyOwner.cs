using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Api.Passkeys;

/// <summary>The one user whom a ceremony is about, with the passkeys that there are when it begins.</summary>
/// <param name="Id">The user.</param>
/// <param name="Passkeys">The user's passkeys.</param>
internal sealed record PasskeyOwner(UserId Id, IReadOnlyList<Passkey> Passkeys)
{
    /// <summary>The same, with each passkey one that may be backed up where it was added as one that may not, and so on.</summary>
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

    /// <summary>The passkeys as the framework knows them.</summary>
    public IEnumerable<UserPasskeyInfo> Infos =>
        Passkeys.Select(passkey => new UserPasskeyInfo(
            Base64Url.DecodeFromChars(passkey.Id),
            Convert.FromBase64String(passkey.PublicKey),
            passkey.CreatedAt,
            passkey.SignCount,
            [.. passkey.Transports],
            // None other is ever added.
            isUserVerified: true,
            passkey.BackupEligible,
            passkey.BackedUp,
            Convert.FromBase64String(passkey.AttestationObject),
            Convert.FromBase64String(passkey.ClientDataJson)
        ));
}
