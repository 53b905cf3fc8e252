using Microsoft.Extensions.Options;
using MimeKit;
using SessionAuth.Mail.Sending;

namespace SessionAuth.Mail.Smtp;

/// <summary>Sends emails through the server that <c>SMTP_URL</c> names.</summary>
internal sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpServer _server;
    private readonly MailboxAddress _sender;
    private readonly TimeProvider _clock;

    public SmtpTransport(IOptions<MailOptions> options, TimeProvider clock)
    {
        _server = SmtpServer.TryParse(
            options.Value.SmtpUrl,
            out SmtpServer? server,
            out string? problem
        )
            ? server
            : throw new OptionsValidationException("SMTP_URL", typeof(MailOptions), [problem]);
        _sender = MailSender.TryParse(options.Value.From, out MailboxAddress? sender)
            ? sender
            : throw new OptionsValidationException("MAIL_FROM", typeof(MailOptions), ["MAIL_FROM"]);
        _clock = clock;
    }

    public IMailBatch Begin() => new SmtpBatch(_server, _sender, _clock);
}
