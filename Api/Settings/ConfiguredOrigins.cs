using System.Diagnostics.CodeAnalysis;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Settings;

/// <summary>What the settings say of origins, before the server listens.</summary>
internal static class ConfiguredOrigins
{
    /// <summary>Whether the API is to be found at another origin than the UI.</summary>
    public static bool HasApiHost(
        this ApiSettings settings,
        [NotNullWhen(true)] out Origin? ui,
        [NotNullWhen(true)] out Origin? api
    )
    {
        bool apart =
            Origin.TryParse(settings.ApiUrl, out api) & Origin.TryParse(settings.PublicUrl, out ui)
            && ui != api;
        if (!apart)
            (ui, api) = (null, null);
        return apart;
    }

    /// <summary>An origin's host as routing reads it from a request: the framework turns A-labels back.</summary>
    public static string RoutedHost(this Origin origin) =>
        HostString.FromUriComponent(origin.Authority).Value ?? origin.Authority;
}
