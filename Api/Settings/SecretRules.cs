using SessionAuth.Silo.Hosting;

namespace SessionAuth.Api.Settings;

/// <summary>What a secret must be: 256 random bits at least, and nobody else's (RFC 7518 §3.2, RFC 8725 §3.5).</summary>
internal static class SecretRules
{
    private const int LeastLength = 43;
    private const int LeastDistinctCharacters = 10;
    private const string HowTo = "make one with: openssl rand -base64 32";

    /// <exception cref="SettingsException">A secret is missing, weak, shipped as an example, or used twice.</exception>
    public static Secrets Read(ApiSettings settings)
    {
        IReadOnlyList<string> cookies = Read("COOKIE_SIGNATURE", settings.CookieSignature);
        IReadOnlyList<string> tokens = Read("JWT_SIGNATURE", settings.JwtSignature);
        if (cookies.Intersect(tokens).Any())
            throw new SettingsException(
                $"COOKIE_SIGNATURE and JWT_SIGNATURE must not share a secret; {HowTo}"
            );
        return new(cookies, tokens);
    }

    private static string[] Read(string key, string? value)
    {
        string[] secrets = TrustedProxies.Split(value);
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
