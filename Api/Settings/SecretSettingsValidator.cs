using Microsoft.Extensions.Options;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Settings;

/// <summary>Rejects secrets that are missing, weak, example values, or used twice.</summary>
internal sealed class SecretSettingsValidator : IValidateOptions<SecretSettings>
{
    public ValidateOptionsResult Validate(string? name, SecretSettings settings)
    {
        ValidateOptionsResultBuilder problems = new();
        if (SecretStrength.Problem("COOKIE_SIGNATURE", settings.CookieSignature) is { } cookies)
            problems.AddError(cookies);
        if (SecretStrength.Problem("JWT_SIGNATURE", settings.JwtSignature) is { } tokens)
            problems.AddError(tokens);
        if (settings.Cookies.Intersect(settings.Tokens).Any())
            problems.AddError(Shared("COOKIE_SIGNATURE and JWT_SIGNATURE"));
        if (
            SecretStrength
                .Split(settings.DataKeys)
                .Intersect([.. settings.Cookies, .. settings.Tokens])
                .Any()
        )
            problems.AddError(Shared("DATA_KEYS and the signatures"));
        return problems.Build();
    }

    private static string Shared(string settings) =>
        $"{settings} must not share a secret; {SecretStrength.HowTo}";
}
