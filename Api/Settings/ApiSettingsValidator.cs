using System.Net;
using Microsoft.Extensions.Options;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Settings;

internal sealed class ApiSettingsValidator : IValidateOptions<ApiSettings>
{
    public ValidateOptionsResult Validate(string? name, ApiSettings settings)
    {
        ValidateOptionsResultBuilder problems = new();
        if (settings.Port is < 1 or > 65535)
            problems.AddError("PORT must be between 1 and 65535.");
        if (!Authority.TryDomain(settings.RootDomain, out _))
            problems.AddError("ROOT_DOMAIN must be a domain name, such as nodeauth.dev.");
        if (
            settings.AccessTokenLifetime < TimeSpan.FromSeconds(1)
            || settings.AccessTokenLifetime > TimeSpan.FromHours(1)
        )
            problems.AddError("ACCESS_TOKEN_LIFETIME must be between 00:00:01 and 01:00:00.");
        if (settings.DrainTime < TimeSpan.Zero || settings.DrainTime > TimeSpan.FromMinutes(5))
            problems.AddError("DRAIN_TIME must be between 00:00:00 and 00:05:00.");
        foreach (string problem in OriginProblems(settings))
            problems.AddError(problem);
        foreach (string proxy in TrustedProxies.Split(settings.TrustedProxies))
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                problems.AddError(
                    "TRUSTED_PROXIES must list IP addresses or networks, such as 127.0.0.1,10.0.0.0/8."
                );
        }

        return problems.Build();
    }

    private static IEnumerable<string> OriginProblems(ApiSettings settings)
    {
        foreach (
            (string key, string? url) in new[]
            {
                ("PUBLIC_URL", settings.PublicUrl),
                ("API_URL", settings.ApiUrl),
            }
        )
        {
            if (!string.IsNullOrEmpty(url) && !Origin.TryParse(url, out _))
                yield return $"{key} must be an origin without a path: https://…, or http:// with localhost.";
        }

        if (!string.IsNullOrEmpty(settings.ApiUrl) && string.IsNullOrEmpty(settings.PublicUrl))
            yield return "API_URL requires PUBLIC_URL.";
    }
}
