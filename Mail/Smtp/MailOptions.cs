using Microsoft.Extensions.Configuration;

namespace SessionAuth.Mail.Smtp;

/// <summary>The SMTP server, the sender, and the origin of links.</summary>
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

    /// <summary>The origin of the pages, for links; in a process with a front end, the front end provides it.</summary>
    [ConfigurationKeyName("PUBLIC_URL")]
    public string? PublicUrl { get; set; }

    /// <summary>Whether a server is configured.</summary>
    public bool HasServer => !string.IsNullOrEmpty(SmtpUrl);

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
