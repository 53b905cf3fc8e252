namespace SessionAuth.Settings.Secrets;

/// <summary>
/// The rules for secrets: at least 256 random bits, and not an example (RFC 7518 §3.2, RFC 8725 §3.5).
/// </summary>
public static class SecretStrength
{
    /// <summary>How to generate a secret, for messages.</summary>
    public const string HowTo = "make one with: openssl rand -base64 32";

    private const int MinLength = 43;
    private const int MinDistinctCharacters = 10;

    /// <summary>The secrets of a setting, newest first.</summary>
    /// <param name="value">The secrets, separated by commas.</param>
    public static string[] Split(string? value) =>
        value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];

    /// <summary>What is wrong with the secrets of a setting, without printing them; null when they are valid.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">The secrets, separated by commas.</param>
    public static string? Problem(string name, string? value)
    {
        string[] secrets = Split(value);
        if (secrets.Length == 0)
            return $"{name} must be set; {HowTo}";
        if (secrets.Any(IsExample))
            return $"{name} is an example; {HowTo}";
        return secrets.Any(IsWeak) ? $"{name} is too weak; {HowTo}" : null;
    }

    private static bool IsExample(string secret) =>
        secret.Contains("example", StringComparison.OrdinalIgnoreCase)
        || secret.Contains("change", StringComparison.OrdinalIgnoreCase);

    private static bool IsWeak(string secret) =>
        secret.Length < MinLength || secret.Distinct().Count() < MinDistinctCharacters;
}
