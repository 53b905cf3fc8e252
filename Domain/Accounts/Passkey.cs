namespace SessionAuth.Domain.Accounts;

/// <summary>A registered passkey (WebAuthn credential).</summary>
/// <param name="Id">The credential id, in base64url.</param>
/// <param name="Name">The name chosen by the user.</param>
/// <param name="PublicKey">The COSE public key, in base64.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used; null if never.</param>
/// <param name="SignCount">The signature counter as of the last use.</param>
/// <param name="Transports">The transports by which browsers reach the authenticator.</param>
/// <param name="BackupEligible">Whether the credential can be backed up (synced).</param>
/// <param name="BackedUp">Whether the credential is backed up.</param>
/// <param name="AttestationObject">The attestation object of the registration, in base64.</param>
/// <param name="ClientDataJson">The client data of the registration, in base64.</param>
public sealed record Passkey(
    string Id,
    string Name,
    string PublicKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    uint SignCount,
    IReadOnlyList<string> Transports,
    bool BackupEligible,
    bool BackedUp,
    string AttestationObject,
    string ClientDataJson
);
