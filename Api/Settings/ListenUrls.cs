using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>
/// Validates the URLs to listen on before anything starts. The server would throw late and without a useful message;
/// and with an invalid port, it would take the text for a host name and listen on all interfaces.
/// </summary>
internal static class ListenUrls
{
    /// <exception cref="SettingsException">A URL is invalid.</exception>
    public static void Check(string urls)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url))
                throw new SettingsException(
                    "--urls must list URLs to listen on, such as http://localhost:5080."
                );
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            bool http = address.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS";
            bool named = !address.Host.Contains(':', StringComparison.Ordinal);
            return http && (named || address.Host[0] == '[' || address.IsUnixPipe);
        }
        catch (FormatException)
        {
            // There is no Try method.
            return false;
        }
    }
}
