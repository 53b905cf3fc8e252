namespace SessionAuth.Domain.SignIn;

/// <summary>A kind of secret whose failures are counted together.</summary>
public enum SecretKind
{
    /// <summary>The account's password.</summary>
    Password,

    /// <summary>The codes of the authenticator app.</summary>
    Code,

    /// <summary>The recovery codes.</summary>
    RecoveryCode,
}
