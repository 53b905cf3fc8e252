using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Interfaces.Emails;

/// <summary>
/// One e-mail address: that it belongs to one user, whatever two registrations do at the same moment; and how many of the
/// mails that anybody can ask for it has got, whichever accounts they were asked for with.
/// </summary>
/// <remarks>The key is an <see cref="EmailKey"/>. A change is durable when the call returns.</remarks>
[Alias("email")]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>Who owns the address; null when nobody does. The owner may yet have never registered.</summary>
    [Alias("owner")]
    Task<UserId?> Owner();

    /// <summary>
    /// Claims the address for a user, if it is free, or belongs to <paramref name="insteadOf"/>.
    /// Safe to repeat.
    /// </summary>
    /// <param name="user">Who wants it.</param>
    /// <param name="insteadOf">An owner known to have given the address up.</param>
    /// <returns>The owner after the call.</returns>
    [Alias("claim")]
    Task<UserId> Claim(UserId user, UserId? insteadOf);

    /// <summary>
    /// Frees the address again if it belongs to this user. Safe to repeat. The mails that it got stay counted.
    /// </summary>
    [Alias("release")]
    Task Release(UserId user);

    /// <summary>
    /// Counts a mail that is to be sent to the address, unless it has got as many as allowed. Verification, the proof of a
    /// new address and resets are counted apart, so that no kind uses up another's. Forgotten after a day.
    /// </summary>
    /// <param name="kind">A kind that somebody can ask for who is not known to own the address.</param>
    /// <param name="mail">The mail: it is counted once when the call is repeated.</param>
    /// <returns>Whether it may be sent.</returns>
    [Alias("count-mail")]
    Task<bool> CountMail(MailKind kind, Guid mail);
}
