using Microsoft.Extensions.Options;

namespace SessionAuth.Mail.Smtp;

internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        bool hasServer = !string.IsNullOrEmpty(options.SmtpUrl);
        bool hasSender = !string.IsNullOrEmpty(options.From);
        if (hasServer && !SmtpServer.TryParse(options.SmtpUrl, out _, out string? problem))
            problems.AddError(problem);
        if (hasServer && !hasSender)
            problems.AddError("SMTP_URL needs MAIL_FROM: the address that mails come from.");
        if (hasSender && !MailSender.TryParse(options.From, out _))
            problems.AddError(
                "MAIL_FROM must be an address, such as no-reply@nodeauth.dev, or a name with one: Name <no-reply@nodeauth.dev>."
            );
        return problems.Build();
    }
}
