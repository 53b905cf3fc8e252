namespace SessionAuth.Domain.Accounts;

/// <summary>
/// A verified WebAuthn assertion: challenge, origin, signature and user verification have been checked.
/// </summary>
/// <param name="Id">The credential id, in base64url.</param>
/// <param name="SignCount">The signature counter.</param>
/// <param name="BackedUp">Whether the credential is backed up (synced).</param>
/// <param name="Stamp">The account's stamp as of the verification.</param>
/// <param name="Challenge">The signed challenge.</param>
public sealed record PasskeyUse(
    string Id,
    uint SignCount,
    bool BackedUp,
    long Stamp,
    AnsweredChallenge Challenge
);
