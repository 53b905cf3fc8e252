using MimeKit;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Smtp;

/// <summary>An email as an RFC 5322 message.</summary>
internal static class SmtpMessage
{
    /// <summary>The message; null when the recipient is not valid in a message.</summary>
    public static MimeMessage? Of(RenderedEmail email, MailboxAddress sender)
    {
        if (
            email.To.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !MailboxAddress.TryParse(email.To, out MailboxAddress? to)
            // MailKit decodes IDNA domains; the stored and sent form is the encoded one.
            || to.GetAddress(idnEncode: true) != email.To
            || to is not { LocalPart.Length: > 0, Domain.Length: > 0 }
        )
            return null;

        MimeMessage message = new()
        {
            MessageId = $"{email.Id}@{MailSender.Domain(sender)}",
            Date = email.At,
            Subject = email.Subject,
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = email.Text },
                new TextPart("html") { Text = email.Html },
            },
        };
        message.From.Add(sender);
        message.To.Add(to);
        // Asks for no automatic replies (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
