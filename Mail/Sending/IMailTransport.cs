using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Mail;

/// <summary>Takes letters to where they are read.</summary>
internal interface IMailTransport
{
    /// <summary>Begins to send: what is sent in one batch goes over one connection.</summary>
    IMailBatch Begin();
}

/// <summary>Letters that are sent one after another. Used by one caller at a time.</summary>
internal interface IMailBatch : IAsyncDisposable
{
    /// <summary>Sends a letter. What goes wrong on the way is an outcome, not an exception.</summary>
    /// <exception cref="OperationCanceledException">It was given up; it may have been sent.</exception>
    Task<MailTry> Send(MailLetter letter, CancellationToken cancellationToken);
}

/// <summary>How a try to send a letter went.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Problem">What went wrong, for the operator: without addresses, texts and secrets.</param>
internal sealed record MailTry(MailOutcome Outcome, string? Problem = null)
{
    /// <summary>The server has taken it.</summary>
    public static MailTry Sent { get; } = new(MailOutcome.Sent);
}
