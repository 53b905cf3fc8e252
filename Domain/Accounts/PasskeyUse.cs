namespace SessionAuth.Domain.Accounts;

/// <summary>A use of a passkey, verified: challenge, origin, signature, and that the authenticator verified its user.</summary>
/// <param name="Id">The credential's id, in base64url.</param>
/// <param name="SignCount">The authenticator's count of signatures.</param>
/// <param name="BackedUp">Whether the passkey is synced.</param>
/// <param name="Stamp">The state of the account's secrets that it was verified against.</param>
/// <param name="Challenge">What was signed.</param>
public sealed record PasskeyUse(
    string Id,
    uint SignCount,
    bool BackedUp,
    long Stamp,
    AnsweredChallenge Challenge
);
