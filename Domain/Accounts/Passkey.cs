namespace SessionAuth.Domain.Accounts;

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
