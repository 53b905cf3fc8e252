using SessionAuth.Settings;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Settings;

/// <summary>Which secrets a front end starts with.</summary>
internal static class SecretRules
{
    /// <exception cref="SettingsException">A secret is missing, weak, shipped as an example, or used twice.</exception>
    public static Secrets Read(ApiSettings settings)
    {
        string[] cookies = SecretStrength.Read("COOKIE_SIGNATURE", settings.CookieSignature);
        string[] tokens = SecretStrength.Read("JWT_SIGNATURE", settings.JwtSignature);
        if (cookies.Intersect(tokens).Any())
            throw Shared("COOKIE_SIGNATURE and JWT_SIGNATURE");
        // A front end without a silo has none.
        if (
            !string.IsNullOrEmpty(settings.DataKeys)
            && SecretStrength
                .Read("DATA_KEYS", settings.DataKeys)
                .Intersect([.. cookies, .. tokens])
                .Any()
        )
            throw Shared("DATA_KEYS and the signatures");
        return new(cookies, tokens);
    }

    private static SettingsException Shared(string settings) =>
        new($"{settings} must not share a secret; {SecretStrength.HowTo}");
}
