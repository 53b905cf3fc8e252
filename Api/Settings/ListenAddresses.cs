using SessionAuth.Settings;

namespace SessionAuth.Api.Settings;

/// <summary>
/// The addresses to listen on, read before anything starts. The server itself would throw late, with no word of
/// what to change; and where a port is no number, it would take the whole for a name and listen to everybody.
/// </summary>
internal static class ListenAddresses
{
    /// <exception cref="SettingsException">One of them is none.</exception>
    public static void Check(string urls)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url))
                throw new SettingsException(
                    "--urls must list addresses to listen on, such as http://localhost:5080."
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
            // There is no way to ask.
            return false;
        }
    }
}
