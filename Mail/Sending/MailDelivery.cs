using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Sending;

/// <summary>
/// Does the scheduled work of one account: its grain finishes what a crash interrupted and hands out the emails that are
/// due, and this sends them.
/// </summary>
internal sealed partial class MailDelivery(
    IGrainFactory grains,
    EmailRenderer renderer,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailDelivery> logger
)
{
    private static readonly TimeSpan s_tellAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly SendResult s_noServer = new(
        MailOutcome.TryLater,
        "SMTP_URL is not set"
    );

    private readonly Lock _telling = new();
    private string? _problem;
    private DateTimeOffset _toldAt;

    /// <summary>Does the work that is due. Errors are logged; what remains is found again at the next look.</summary>
    /// <param name="user">Whose work it is.</param>
    /// <param name="batch">Sends the emails; null when no server is set.</param>
    /// <param name="cancellationToken">Gives up, and leaves the emails that were not sent yet.</param>
    public async Task Do(UserId user, IMailBatch? batch, CancellationToken cancellationToken)
    {
        try
        {
            IUserOutboxGrain outbox = grains.UserOutbox(user);
            foreach (OutgoingMail mail in await outbox.TakeMail())
            {
                SendResult tried = batch is null
                    ? s_noServer
                    : await Send(user, mail, batch, cancellationToken);
                Count(mail.Kind, tried);
                bool goesOn = await outbox.MailTried(mail.Id, tried.Outcome);
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

    // An unexpected exception counts as an attempt, so that an email which fails every time is given up in the end. Its
    // message may contain an email address and is not logged.
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

        // A rejection concerns one email. Anything else concerns the server, and would be logged with every email.
        if (tried == s_noServer || tried.Outcome == MailOutcome.Rejected)
            return;
        DateTimeOffset now = clock.GetUtcNow();
        lock (_telling)
        {
            if (tried.Problem == _problem && (_problem is null || now - _toldAt < s_tellAgainAfter))
                return;
            (_problem, _toldAt) = (tried.Problem, now);
        }
        if (tried.Problem is { } problem)
            LogProblem(problem);
        else
            LogSendsAgain();
    }

    [LoggerMessage(
        301,
        LogLevel.Warning,
        "A mail was given up: {Kind} to user {User}. The last try: {Problem}"
    )]
    private partial void LogGivenUp(MailKind kind, UserId user, string? problem);

    [LoggerMessage(
        302,
        LogLevel.Warning,
        "What user {User} has due could not be done, and is tried again"
    )]
    private partial void LogFailed(Exception exception, UserId user);

    [LoggerMessage(
        303,
        LogLevel.Warning,
        "Mails cannot be sent and are tried again later: {Problem}"
    )]
    private partial void LogProblem(string problem);

    [LoggerMessage(304, LogLevel.Information, "Mails are sent again")]
    private partial void LogSendsAgain();
}
