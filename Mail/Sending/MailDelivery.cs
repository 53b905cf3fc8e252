using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Sending;

/// <summary>
/// Does the scheduled work of one account: its grain completes changes that a crash interrupted and leases the emails
/// that are due, which are then sent.
/// </summary>
internal sealed partial class MailDelivery(
    IGrainFactory grains,
    EmailRenderer renderer,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailDelivery> logger
)
{
    private static readonly TimeSpan s_logAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly SendResult s_noServer = new(
        MailOutcome.TryLater,
        "SMTP_URL is not set"
    );

    private readonly Lock _logging = new();
    private string? _problem;
    private DateTimeOffset _loggedAt;

    /// <summary>Does the work that is due. Errors are logged; remaining work is found by the next poll.</summary>
    /// <param name="user">The account's id.</param>
    /// <param name="batch">Sends the emails; null when no server is configured.</param>
    /// <param name="cancellationToken">Stops; emails that were not sent yet stay in the outbox.</param>
    public async Task Do(UserId user, IMailBatch? batch, CancellationToken cancellationToken)
    {
        try
        {
            IUserOutboxGrain outbox = grains.UserOutbox(user);
            foreach (OutgoingMail mail in await outbox.TakeEmails())
            {
                SendResult tried = batch is null
                    ? s_noServer
                    : await Send(user, mail, batch, cancellationToken);
                Count(mail.Kind, tried);
                bool goesOn = await outbox.RecordSendResult(mail.Id, tried.Outcome);
                if (tried.Outcome == MailOutcome.Sent || goesOn)
                    continue;
                metrics.GivenUp(mail.Kind);
                LogGivenUp(mail.Kind, user, tried.Problem);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, user);
        }
    }

    // An unexpected exception counts as an attempt, so that an email which always fails is given up eventually. Its
    // message may contain an email and is not logged.
    private async Task<SendResult> Send(
        UserId user,
        OutgoingMail mail,
        IMailBatch batch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await batch.Send(renderer.Render(user, mail), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(MailOutcome.TryLater, $"an unexpected error ({e.GetType().FullName})");
        }
    }

    private void Count(MailKind kind, SendResult tried)
    {
        if (tried.Outcome == MailOutcome.Sent)
            metrics.Sent(kind);
        else
            metrics.Failed(kind);

        // A rejection concerns one email. Any other failure concerns the server, and is logged once, not for every
        // email.
        if (tried == s_noServer || tried.Outcome == MailOutcome.Rejected)
            return;
        DateTimeOffset now = clock.GetUtcNow();
        lock (_logging)
        {
            if (
                tried.Problem == _problem
                && (_problem is null || now - _loggedAt < s_logAgainAfter)
            )
                return;
            (_problem, _loggedAt) = (tried.Problem, now);
        }
        if (tried.Problem is { } problem)
            LogProblem(problem);
        else
            LogSendsAgain();
    }

    [LoggerMessage(
        301,
        LogLevel.Warning,
        "An email was given up: {Kind} to user {User}. Last attempt: {Problem}"
    )]
    private partial void LogGivenUp(MailKind kind, UserId user, string? problem);

    [LoggerMessage(
        302,
        LogLevel.Warning,
        "Scheduled work of user {User} failed and will be retried"
    )]
    private partial void LogFailed(Exception exception, UserId user);

    [LoggerMessage(303, LogLevel.Warning, "Emails cannot be sent and will be retried: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(304, LogLevel.Information, "Emails are sent again")]
    private partial void LogSendsAgain();
}
