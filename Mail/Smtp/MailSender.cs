using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace SessionAuth.Mail.Smtp;

/// <summary>The sender of all emails.</summary>
internal static class MailSender
{
    /// <summary>Reads an email address, with or without a display name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MailboxAddress? sender) =>
        MailboxAddress.TryParse(text ?? "", out sender)
        && sender is { LocalPart.Length: > 0, Domain.Length: > 0 }
        && sender.LocalPart.All(char.IsAscii)
        && !text!.Any(char.IsControl);

    /// <summary>The domain as DNS has it (IDNA A-labels).</summary>
    public static string Domain(MailboxAddress sender) =>
        sender.GetAddress(idnEncode: true).Split('@')[^1];
}
