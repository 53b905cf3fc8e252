using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>
/// What a user's grain has to do that no request will come for: mails to be sent, and endings that a crash has
/// interrupted. A mail is asked for in the same write as what it tells of; it is sent at least once.
/// </summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-outbox")]
public interface IUserOutboxGrain : IGrainWithStringKey
{
    /// <summary>
    /// Finishes what a crash has interrupted, and hands out the mails that are due. They are not handed out again for
    /// two minutes, unless their outcome is told.
    /// </summary>
    [Alias("take-mail")]
    Task<IReadOnlyList<OutgoingMail>> TakeMail();

    /// <summary>Tells what became of a mail. Safe to repeat.</summary>
    /// <returns>False when the mail was given up: it was rejected, or tried as often as allowed.</returns>
    [Alias("mail-tried")]
    Task<bool> MailTried(string id, MailOutcome outcome);
}
