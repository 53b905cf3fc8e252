using System.Diagnostics.CodeAnalysis;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Settings;

/// <summary>The configured origins, before the server is listening.</summary>
internal static class ConfiguredOrigins
{
    /// <summary>Whether the API has another origin than the UI.</summary>
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

    /// <summary>An origin's host in the form that routing compares: the framework decodes A-labels.</summary>
    public static string RoutedHost(this Origin origin) =>
        HostString.FromUriComponent(origin.Authority).Value ?? origin.Authority;
}
