using Microsoft.Extensions.Configuration;

namespace SessionAuth.Grains.Keys;

/// <summary>The keys that a cluster starts with. Never logged.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>
    /// Private ECDSA keys on the curve P-256, PKCS#8 in PEM or base64, newest first, separated by commas; null to make
    /// one.
    /// </summary>
    [ConfigurationKeyName("SIGNING_KEYS")]
    public string? SigningKeys { get; set; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
