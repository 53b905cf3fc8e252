using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace SessionAuth.Grains.Mail;

/// <summary>Whom mails come from.</summary>
internal static class MailSender
{
    /// <summary>Reads an address, with or without a name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MailboxAddress? sender) =>
        MailboxAddress.TryParse(text ?? "", out sender)
        && sender is { LocalPart.Length: > 0, Domain.Length: > 0 }
        && !text!.Any(char.IsControl);
}
