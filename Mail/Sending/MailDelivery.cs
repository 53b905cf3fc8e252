using Microsoft.Extensions.Logging;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Mail;

/// <summary>Does what a user has due: has the grain finish what was interrupted, and sends the mails that it hands out.</summary>
internal sealed partial class MailDelivery(
    IGrainFactory grains,
    MailLetters letters,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailDelivery> logger
)
{
    private static readonly TimeSpan s_tellAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly MailTry s_noServer = new(MailOutcome.TryLater, "SMTP_URL is not set");

    private readonly Lock _telling = new();
    private string? _problem;
    private DateTimeOffset _toldAt;

    /// <summary>Does it. Errors are logged: what is still due is found again.</summary>
    /// <param name="user">The user.</param>
    /// <param name="batch">Sends; null where there is nothing to send with.</param>
    /// <param name="cancellationToken">Gives it up, with the mails that were not sent yet.</param>
    public async Task Do(UserId user, IMailBatch? batch, CancellationToken cancellationToken)
    {
        try
        {
            IUserOutboxGrain outbox = grains.UserOutbox(user);
            foreach (OutgoingMail mail in await outbox.TakeMail())
            {
                MailTry tried = batch is null
                    ? s_noServer
                    : await Send(user, mail, batch, cancellationToken);
                Note(mail.Kind, tried);
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

    // What was not foreseen is counted as a try too: a mail that fails each time is given up in the end. The exception's
    // own words may name an address.
    private async Task<MailTry> Send(
        UserId user,
        OutgoingMail mail,
        IMailBatch batch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await batch.Send(letters.Write(user, mail), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(MailOutcome.TryLater, $"an unexpected error ({e.GetType().FullName})");
        }
    }

    private void Note(MailKind kind, MailTry tried)
    {
        if (tried.Outcome == MailOutcome.Sent)
            metrics.Sent(kind);
        else
            metrics.Failed(kind);

        // A rejection is about one mail; all else is about the server, and would be told with each.
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
