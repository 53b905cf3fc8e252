namespace SessionAuth.Ui.Pages;

/// <summary>Reads an origin from the settings of a host that serves only the pages.</summary>
internal static class ConfiguredOrigin
{
    /// <summary>
    /// Reads an origin in the form of browsers (A-labels); prints an error and returns false if it is not one.
    /// </summary>
    /// <param name="configuration">The settings by name.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="origin">The origin; null when the setting is not set.</param>
    public static bool TryRead(IConfiguration configuration, string setting, out string? origin)
    {
        origin = null;
        if (configuration[setting] is not { Length: > 0 } text)
            return true;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            || !(uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        )
        {
            Console.Error.WriteLine(
                $"The pages cannot start. {setting} must be an origin without a path, such as https://auth.example.org."
            );
            return false;
        }

        string host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost.TrimEnd('.') : uri.Host;
        string port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        origin = $"{uri.Scheme}://{host}{port}";
        return true;
    }
}
