namespace SessionAuth.Domain.SignIn;

/// <summary>A kind of secret. Failures are counted per kind.</summary>
public enum SecretKind
{
    /// <summary>The account's password.</summary>
    Password,

    /// <summary>One-time passwords.</summary>
    Code,

    /// <summary>The recovery codes.</summary>
    RecoveryCode,
}
