namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>What somebody proved who they are with. Stored by name: names are never changed.</summary>
[GenerateSerializer, Alias("authentication-method")]
public enum AuthenticationMethod
{
    /// <summary>The account's password.</summary>
    Password,

    /// <summary>A code of the authenticator app (RFC 6238).</summary>
    Totp,

    /// <summary>One of the recovery codes.</summary>
    RecoveryCode,

    /// <summary>A passkey whose authenticator verified its user: two factors in one.</summary>
    Passkey,
}

/// <summary>A proof of who is there.</summary>
/// <param name="Methods">What it was made with.</param>
/// <param name="Restricted">
/// Whether it is too weak for the account's rules, so that the session opens nothing but the way to a stronger one.
/// </param>
[GenerateSerializer, Immutable, Alias("session-proof")]
public sealed record SessionProof(
    [property: Id(0)] IReadOnlyList<AuthenticationMethod> Methods,
    [property: Id(1)] bool Restricted = false
);
