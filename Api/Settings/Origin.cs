using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SessionAuth.Api.Settings;

/// <summary>A web origin as browsers write it: scheme, host, and port where it is not the scheme's own.</summary>
/// <param name="Value">The origin, without a slash at the end.</param>
/// <param name="Authority">The host, with the port where there is one: what a <c>Host</c> header says.</param>
/// <param name="IsSecure">Whether it is https.</param>
internal sealed record Origin(string Value, string Authority, bool IsSecure)
{
    /// <summary>Reads an origin that people may sign in at: https, or http on loopback alone.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
        )
            return false;

        bool secure = uri.Scheme == Uri.UriSchemeHttps;
        if (!secure && !(uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri)))
            return false;

        string host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        string authority = uri.IsDefaultPort ? host : $"{host}:{uri.Port}";
        origin = new($"{uri.Scheme}://{authority}", authority, secure);
        return true;
    }

    private static bool IsLoopback(Uri uri) =>
        uri.IdnHost == "localhost"
        || (
            IPAddress.TryParse(uri.IdnHost, out IPAddress? address) && IPAddress.IsLoopback(address)
        );
}

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
}
