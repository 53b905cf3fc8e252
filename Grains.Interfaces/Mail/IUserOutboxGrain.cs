using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>
/// A user's scheduled work: a transactional outbox of emails, and changes that a crash has interrupted. An email is
/// stored in the same write as the change that it notifies of, and is sent at least once.
/// </summary>
/// <remarks>The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s.</remarks>
[Alias("user-outbox")]
public interface IUserOutboxGrain : IGrainWithStringKey
{
    /// <summary>
    /// Completes changes that a crash has interrupted, and leases the emails that are due. A lease lasts two minutes,
    /// or until <see cref="RecordSendResult"/>.
    /// </summary>
    [Alias("take-emails")]
    Task<IReadOnlyList<OutgoingMail>> TakeEmails();

    /// <summary>Reports the outcome of an attempt to send. Idempotent.</summary>
    /// <returns>False when the email was given up: rejected, or out of attempts.</returns>
    [Alias("record-send-result")]
    Task<bool> RecordSendResult(string id, MailOutcome outcome);
}
