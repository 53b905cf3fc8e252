namespace SessionAuth.Domain.Sessions;

// Stored by name: never rename a member.
/// <summary>An authentication method (<c>amr</c>, RFC 8176).</summary>
public enum AuthenticationMethod
{
    /// <summary>The account's password.</summary>
    Password,

    /// <summary>A one-time code from the authenticator app (RFC 6238).</summary>
    Totp,

    /// <summary>A recovery code.</summary>
    RecoveryCode,

    /// <summary>A passkey with user verification, which counts as two factors.</summary>
    Passkey,
}
