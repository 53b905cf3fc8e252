namespace SessionAuth.Silo.Hosting;

/// <summary>What a secret must be: 256 random bits at least, and nobody else's (RFC 7518 §3.2, RFC 8725 §3.5).</summary>
public static class SecretStrength
{
    /// <summary>How a good one is made.</summary>
    public const string HowTo = "make one with: openssl rand -base64 32";

    private const int LeastLength = 43;
    private const int LeastDistinctCharacters = 10;

    /// <summary>Reads the secrets of a setting, newest first.</summary>
    /// <param name="key">The setting's name.</param>
    /// <param name="value">The secrets, with commas between.</param>
    /// <exception cref="SettingsException">There is none, or one is weak or shipped as an example.</exception>
    public static string[] Read(string key, string? value)
    {
        string[] secrets =
            value?.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            ) ?? [];
        if (secrets.Length == 0)
            throw new SettingsException($"{key} must be set; {HowTo}");

        foreach (string secret in secrets)
        {
            if (
                secret.Contains("example", StringComparison.OrdinalIgnoreCase)
                || secret.Contains("change", StringComparison.OrdinalIgnoreCase)
            )
                throw new SettingsException($"{key} is an example; {HowTo}");
            if (secret.Length < LeastLength || secret.Distinct().Count() < LeastDistinctCharacters)
                throw new SettingsException($"{key} is too weak; {HowTo}");
        }

        return secrets;
    }
}
