using Microsoft.Extensions.Options;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Mail.Smtp;

/// <summary>Validates the SMTP server, the sender and the origin of links.</summary>
/// <param name="inCluster">Whether <c>PUBLIC_URL</c> is required, because no node's own URL is the public one.</param>
internal sealed class MailOptionsValidator(bool inCluster) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        ValidateOptionsResultBuilder problems = new();
        bool hasServer = options.HasServer;
        bool hasSender = !string.IsNullOrEmpty(options.From);
        if (hasServer && !SmtpServer.TryParse(options.SmtpUrl, out _, out string? problem))
            problems.AddError(problem);
        if (hasServer && !hasSender)
            problems.AddError("SMTP_URL needs MAIL_FROM: the sender of the emails.");
        if (hasSender && !MailSender.TryParse(options.From, out _))
            problems.AddError(
                "MAIL_FROM must be an email, such as no-reply@nodeauth.dev, or a name with one: Name <no-reply@nodeauth.dev>."
            );
        bool hasPages = !string.IsNullOrEmpty(options.PublicUrl);
        if (hasPages && !Origin.TryParse(options.PublicUrl, out _))
            problems.AddError(
                "PUBLIC_URL must be an origin without a path: https://…, or http:// with localhost."
            );
        if (inCluster && hasServer && !hasPages)
            problems.AddError(
                "SMTP_URL needs PUBLIC_URL in a cluster: the https:// origin of the pages, for links in emails."
            );
        return problems.Build();
    }
}
