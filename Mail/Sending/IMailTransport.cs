using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Sending;

/// <summary>Sends emails: over SMTP, or into the development mailbox.</summary>
internal interface IMailTransport
{
    /// <summary>Starts a batch. The emails of one batch share one connection.</summary>
    IMailBatch Begin();
}

/// <summary>Emails sent one after another by one caller.</summary>
internal interface IMailBatch : IAsyncDisposable
{
    /// <summary>Sends an email. A failure to send is a result, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the email may have been sent.</exception>
    Task<SendResult> Send(RenderedEmail email, CancellationToken cancellationToken);
}

/// <summary>The result of an attempt to send an email.</summary>
/// <param name="Outcome">Whether it was sent, can be tried later, or was rejected.</param>
/// <param name="Problem">What went wrong, for the operator. It contains no recipient, text or secret.</param>
internal sealed record SendResult(MailOutcome Outcome, string? Problem = null)
{
    /// <summary>The server has accepted the email.</summary>
    public static SendResult Sent { get; } = new(MailOutcome.Sent);
}
