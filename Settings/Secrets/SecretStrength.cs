namespace SessionAuth.Settings.Secrets;

/// <summary>The rules for secrets: at least 256 random bits, and not an example (RFC 7518 §3.2, RFC 8725 §3.5).</summary>
public static class SecretStrength
{
    /// <summary>How to make a good one.</summary>
    public const string HowTo = "make one with: openssl rand -base64 32";

    private const int LeastLength = 43;
    private const int LeastDistinctCharacters = 10;

    /// <summary>Reads the secrets of a setting, newest first.</summary>
    /// <param name="key">The setting's name.</param>
    /// <param name="value">The secrets, separated by commas.</param>
    /// <exception cref="SettingsException">There is none, or one is weak or an example from the documentation.</exception>
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
