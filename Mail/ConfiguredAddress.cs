using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Settings;

namespace SessionAuth.Mail;

/// <summary>The origin of the pages for a silo without a front end: <c>PUBLIC_URL</c>.</summary>
internal sealed class ConfiguredAddress : IPublicAddress
{
    private readonly string? _origin;

    /// <exception cref="SettingsException">It is set and is not an origin.</exception>
    public ConfiguredAddress(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return;
        if (!Grains.Interfaces.Mail.Origin.TryParse(url, out Origin? origin))
            throw new SettingsException(
                "PUBLIC_URL must be an origin without a path: https://…, or http:// with localhost."
            );
        _origin = origin.Value;
    }

    public string Origin =>
        _origin
        ?? throw new SettingsException("PUBLIC_URL must be set: mails have links that lead there.");
}
