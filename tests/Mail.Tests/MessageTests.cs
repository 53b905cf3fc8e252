using MimeKit;
using SessionAuth.Mail.Smtp;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Tests;

/// <summary>Emails as MIME messages.</summary>
public sealed class MessageTests
{
    private static readonly MailboxAddress s_sender = new("Sëssion", "no-reply@nodeauth.dev");

    private static readonly RenderedEmail s_email = new(
        "0123456789abcdef",
        "ada@example.org",
        new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero),
        "Verify your email",
        "The text: “ä”\r\n",
        "<p>The text: “ä”</p>\n",
        Link: null
    );

    [Fact]
    public void Message_has_sender_recipient_date_and_the_automatic_submission_header()
    {
        using MimeMessage message = SmtpMessage.Of(s_email, s_sender)!;

        Assert.Equal("0123456789abcdef@nodeauth.dev", message.MessageId);
        Assert.Equal("ada@example.org", Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal("Sëssion", Assert.Single(message.From.Mailboxes).Name);
        Assert.Equal(s_email.At, message.Date);
        Assert.Equal(s_email.Subject, message.Subject);
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(s_email.Text.Trim(), message.TextBody!.Trim());
        Assert.Equal(s_email.Html.Trim(), message.HtmlBody!.Trim());
        Assert.IsType<MultipartAlternative>(message.Body);
    }

    [Fact]
    public void International_domains_are_written_in_their_DNS_form()
    {
        using MimeMessage message = SmtpMessage.Of(
            s_email with
            {
                To = "ada@xn--bcher-kva.example",
            },
            new MailboxAddress("Bücher", "no-reply@bücher.example")
        )!;
        using MemoryStream written = new();
        message.WriteTo(written);

        string text = System.Text.Encoding.UTF8.GetString(written.ToArray());
        Assert.Contains("To: ada@xn--bcher-kva.example", text, StringComparison.Ordinal);
        Assert.Contains("<no-reply@xn--bcher-kva.example>", text, StringComparison.Ordinal);
        Assert.Equal("0123456789abcdef@xn--bcher-kva.example", message.MessageId);
    }

    [Theory(DisplayName = "S-42 Email that could be read as several recipients becomes no message")]
    [InlineData("a\r\nRCPT TO:<b>@example.org")]
    [InlineData("\"a\r\nRCPT TO:<b>\"@example.org")]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org, eve@example.org")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org ")]
    [InlineData("nobody")]
    [InlineData("")]
    public void Email_that_could_be_read_as_several_recipients_becomes_no_message(string address) =>
        Assert.Null(SmtpMessage.Of(s_email with { To = address }, s_sender));

    [Fact(DisplayName = "S-42 Line break in a subject adds no header")]
    public void Line_break_in_a_subject_adds_no_header()
    {
        using MimeMessage message = SmtpMessage.Of(
            s_email with
            {
                Subject = "One\r\nBcc: eve@example.org",
            },
            s_sender
        )!;
        using MemoryStream written = new();
        message.WriteTo(written);

        written.Position = 0;
        using MimeMessage read = MimeMessage.Load(written);
        Assert.Empty(read.Bcc);
        Assert.Null(read.Headers[HeaderId.Bcc]);
    }
}
