using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Mail.Templates;

/// <summary>Renders emails as plain text and as HTML with the same content.</summary>
internal sealed class EmailRenderer(IPublicOrigin pages)
{
    private static readonly HtmlEncoder s_html = HtmlEncoder.Default;

    /// <summary>Renders an email of an account.</summary>
    public RenderedEmail Render(UserId user, OutgoingMail mail)
    {
        string origin = pages.Origin;
        EmailTemplates words = EmailTemplates.For(mail, origin);
        string? link = Link(origin, words, mail);
        return new(
            Id(user, mail),
            mail.To,
            mail.CreatedAt,
            words.Subject,
            Text(words, link, mail, origin),
            Html(words, link, mail, origin),
            link
        );
    }

    // The token is in the fragment, which is in no server log and no Referer header. The email only lets the page show
    // which account the link is for.
    private static string? Link(string origin, EmailTemplates words, OutgoingMail mail) =>
        words.LinkPath is { } path && mail.Token is { Text: var secret }
            ? $"{origin}{path}#{Uri.EscapeDataString(secret)}&{Uri.EscapeDataString(mail.To)}"
            : null;

    // The outbox id is an input of the link token, so only a hash of it is sent.
    private static string Id(UserId user, OutgoingMail mail) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"mail:{user.Value}:{mail.Id}")).AsSpan(0, 16)
        );

    private static string Text(EmailTemplates words, string? link, OutgoingMail mail, string origin)
    {
        StringBuilder text = new();
        text.Append(words.What).Append("\r\n\r\n");
        if (link is not null)
            text.Append(link).Append("\r\n\r\n").Append(Validity(mail)).Append("\r\n\r\n");
        foreach ((string name, string value) in Circumstances(mail))
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        text.Append("\r\n").Append(words.NotYou).Append("\r\n\r\n");
        // "-- " on a line of its own separates the signature (RFC 3676 §4.3).
        text.Append("-- \r\n").Append(Signature(origin)).Append("\r\n");
        return text.ToString();
    }

    private static string Html(EmailTemplates words, string? link, OutgoingMail mail, string origin)
    {
        StringBuilder html = new();
        html.Append(
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
            <body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1.5em auto; padding: 0 1em">

            """
        );
        html.Append("<p>").Append(Encode(words.What)).Append("</p>\n");
        if (link is not null)
        {
            string address = Encode(link);
            html.Append("<p style=\"overflow-wrap: anywhere\"><a href=\"")
                .Append(address)
                .Append("\">")
                .Append(address)
                .Append("</a></p>\n<p>")
                .Append(Encode(Validity(mail)))
                .Append("</p>\n");
        }
        html.Append("<p>")
            .AppendJoin(
                "<br>\n",
                Circumstances(mail).Select(line => $"{Encode(line.Name)}: {Encode(line.Value)}")
            )
            .Append("</p>\n<p>")
            .Append(Encode(words.NotYou))
            .Append("</p>\n<hr>\n<p style=\"font-size: 13px\">")
            .Append(Encode(Signature(origin)))
            .Append("</p>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Circumstances(OutgoingMail mail)
    {
        string time = MailText.Time(mail.CreatedAt);
        yield return ("When", mail.Count > 1 ? $"{mail.Count} times, the last on {time}" : time);
        if (mail.Device is { } device)
            yield return ("From", MailText.Device(device));
    }

    private static string Validity(OutgoingMail mail) =>
        mail.LinkExpiresAt is { } end
            ? $"The link works once, until {MailText.Time(end)}."
            : "The link works once.";

    private static string Signature(string origin) =>
        $"Sent by SessionAuth at {origin}. Replies are not read.";

    private static string Encode(string text) => s_html.Encode(text);
}
