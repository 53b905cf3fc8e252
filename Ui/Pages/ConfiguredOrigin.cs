namespace SessionAuth.Ui.Pages;

/// <summary>An origin from the settings of a host that serves the pages alone.</summary>
internal static class ConfiguredOrigin
{
    /// <summary>Reads it as browsers write it, with the host in A-labels. False, and a sentence, when it is none.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="origin">The origin; null where none is set.</param>
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
