using Microsoft.Extensions.Options;
using SessionAuth.Mail.Smtp;
using SessionAuth.Mail.Templates;
using SessionAuth.Settings;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Mail;

/// <summary>The origin of the pages for a silo without a front end: <c>PUBLIC_URL</c>.</summary>
internal sealed class ConfiguredOrigin(IOptions<MailOptions> options) : IPublicOrigin
{
    public string Origin =>
        Settings.Origins.Origin.TryParse(options.Value.PublicUrl, out Origin? origin)
            ? origin.Value
            : throw new SettingsException("PUBLIC_URL must be set: links in emails point to it.");
}
