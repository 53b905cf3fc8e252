using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Silo.Hosting;

namespace SessionAuth.Silo.Mail;

/// <summary>Where the pages are, for a silo without a front end: what <c>PUBLIC_URL</c> says.</summary>
internal sealed class ConfiguredAddress : IPublicAddress
{
    private readonly string? _origin;

    /// <exception cref="SettingsException">It says something, and that is no origin.</exception>
    public ConfiguredAddress(string? url)
    {
        if (string.IsNullOrEmpty(url))
            return;
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            || address is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            || !(
                address.Scheme == Uri.UriSchemeHttps
                || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
            )
        )
            throw new SettingsException(
                "PUBLIC_URL must be an origin without a path: https://…, or http:// with localhost."
            );
        _origin = new UriBuilder(address) { Host = address.IdnHost }.Uri.GetLeftPart(
            UriPartial.Authority
        );
    }

    public string Origin =>
        _origin
        ?? throw new SettingsException("PUBLIC_URL must be set: mails have links that lead there.");
}
