using Microsoft.Extensions.Configuration;

namespace SessionAuth.Mail.Smtp;

/// <summary>Which server sends the emails, and who the sender is.</summary>
public sealed class MailOptions
{
    /// <summary>
    /// <c>smtp://user:password@host:587</c>, where the server must offer STARTTLS, or <c>smtps://host:465</c> with TLS
    /// from the start; null when no emails are sent. Never printed: it contains a password.
    /// </summary>
    [ConfigurationKeyName("SMTP_URL")]
    public string? SmtpUrl { get; set; }

    /// <summary>The sender: an email address, or <c>Name &lt;email&gt;</c>.</summary>
    [ConfigurationKeyName("MAIL_FROM")]
    public string? From { get; set; }

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
