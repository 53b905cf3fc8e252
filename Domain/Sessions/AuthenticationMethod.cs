namespace SessionAuth.Domain.Sessions;

/// <summary>A way to prove one's identity (<c>amr</c>, RFC 8176). Stored by name: never rename a member.</summary>
public enum AuthenticationMethod
{
    /// <summary>The account's password.</summary>
    Password,

    /// <summary>A code of the authenticator app (RFC 6238).</summary>
    Totp,

    /// <summary>One of the recovery codes.</summary>
    RecoveryCode,

    /// <summary>A passkey with user verification: two factors in one.</summary>
    Passkey,
}
