using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Settings;

/// <summary>The secrets of a front end. Never logged.</summary>
public sealed class SecretSettings
{
    /// <summary>The secrets that cookies are signed with, newest first, separated by commas.</summary>
    [ConfigurationKeyName("COOKIE_SIGNATURE")]
    public string? CookieSignature { get; set; }

    /// <summary>The secrets that tokens are signed with, newest first, separated by commas.</summary>
    [ConfigurationKeyName("JWT_SIGNATURE")]
    public string? JwtSignature { get; set; }

    /// <summary>
    /// The secrets of the silo in this process, which must differ from the others; null if there is no silo.
    /// </summary>
    [ConfigurationKeyName("DATA_KEYS")]
    public string? DataKeys { get; set; }

    /// <summary>The cookie secrets, newest first.</summary>
    public IReadOnlyList<string> Cookies => SecretStrength.Split(CookieSignature);

    /// <summary>The token secrets, newest first.</summary>
    public IReadOnlyList<string> Tokens => SecretStrength.Split(JwtSignature);

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
