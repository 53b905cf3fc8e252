using Microsoft.Extensions.Configuration;

namespace SessionAuth.Grains.Mail;

/// <summary>Which server sends the mails, and from whom they are.</summary>
public sealed class MailOptions
{
    /// <summary>
    /// <c>smtp://user:password@host:587</c>, where the server has to offer TLS, or <c>smtps://host:465</c>, which begins
    /// with it; null where no mails are sent. Never printed: it holds a password.
    /// </summary>
    [ConfigurationKeyName("SMTP_URL")]
    public string? SmtpUrl { get; set; }

    /// <summary>Who sends: an address, or <c>Name &lt;address&gt;</c>.</summary>
    [ConfigurationKeyName("MAIL_FROM")]
    public string? From { get; set; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
