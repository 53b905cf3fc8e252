using MimeKit;

namespace SessionAuth.Grains.Mail;

/// <summary>A letter as a message of RFC 5322.</summary>
internal static class SmtpMessage
{
    /// <summary>The message; null when the address cannot be one of a message.</summary>
    public static MimeMessage? Of(MailLetter letter, MailboxAddress sender)
    {
        if (
            letter.To.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !MailboxAddress.TryParse(letter.To, out MailboxAddress? to)
            // The library decodes a domain in IDNA; what is stored, and what mail is sent to, is the encoded one.
            || to.GetAddress(idnEncode: true) != letter.To
            || to is not { LocalPart.Length: > 0, Domain.Length: > 0 }
        )
            return null;

        MimeMessage message = new()
        {
            MessageId = $"{letter.Id}@{MailSender.Domain(sender)}",
            Date = letter.At,
            Subject = letter.Subject,
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = letter.Text },
                new TextPart("html") { Text = letter.Html },
            },
        };
        message.From.Add(sender);
        message.To.Add(to);
        // No out-of-office reply is wanted (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
