namespace SessionAuth.Ui.Pages;

/// <summary>An origin from the settings of a host that serves the pages alone.</summary>
internal static class ConfiguredOrigin
{
    /// <summary>The origin as browsers write it, with the host in A-labels; null where none is set.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static string? Of(IConfiguration configuration, string setting)
    {
        if (configuration[setting] is not { Length: > 0 } text)
            return null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            || !(uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        )
            throw new InvalidOperationException(
                $"{setting} must be an origin without a path, such as https://auth.example.org."
            );

        string host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost.TrimEnd('.') : uri.Host;
        string port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{host}{port}";
    }
}
