using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;

namespace SessionAuth.Grains.Interfaces.Emails;

/// <summary>
/// One email: its unique owner, also under concurrent registrations; and its budget of emails that anybody can cause,
/// counted across accounts.
/// </summary>
/// <remarks>The key is an <see cref="EmailKey"/>. Changes are durable when the call returns.</remarks>
[Alias("email")]
public interface IEmailGrain : IGrainWithStringKey
{
    /// <summary>The owner; null when there is none. The owner may be a registration that was never finished.</summary>
    [Alias("owner")]
    Task<UserId?> Owner();

    /// <summary>
    /// Claims the email for a user, if it is free or belongs to <paramref name="insteadOf"/>. Idempotent.
    /// </summary>
    /// <param name="user">The claimant.</param>
    /// <param name="insteadOf">An owner who has released it; null for none.</param>
    /// <returns>The owner after the call.</returns>
    [Alias("claim")]
    Task<UserId> Claim(UserId user, UserId? insteadOf);

    /// <summary>Releases the email if it belongs to this user. The budget is not reset. Idempotent.</summary>
    [Alias("release")]
    Task Release(UserId user);

    /// <summary>
    /// Counts an email against the budget. Verification, change of email and reset have separate budgets, so that no
    /// kind uses up another's. Counts are forgotten after a day.
    /// </summary>
    /// <param name="kind">A kind that can be requested without owning the email.</param>
    /// <param name="mail">The id of this email, which is counted once when the call is repeated.</param>
    /// <returns>Whether it may be sent.</returns>
    [Alias("count-mail")]
    Task<bool> CountMail(MailKind kind, Guid mail);
}
