using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;

namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>Verification and change of a user's email.</summary>
/// <remarks>
/// The key is a <see cref="UserId"/>; the grain is <see cref="IUserGrain"/>'s. Changes are durable when the call
/// returns. A link token is valid for one user, purpose and email, once, and for a limited time (ASVS 6.4.1).
/// </remarks>
[Alias("user-email")]
public interface IUserEmailGrain : IGrainWithStringKey
{
    /// <summary>Sends the verification link again. Over the budget, none is sent and the result is the same.</summary>
    [Alias("send-verification")]
    Task<SendVerificationResult> SendVerification(CallerContext caller);

    /// <summary>
    /// Verifies the email with a link token. Against pre-hijacking, a first verification without a session or the
    /// password of the account starts the account over: its sessions and password are removed, since an attacker may
    /// have registered the email before its owner. This happens only on request, and the user is notified. A second
    /// factor stays: only an import adds one before verification. Idempotent while the link is valid.
    /// </summary>
    /// <param name="token">The link token.</param>
    /// <param name="caller">The session that the link was opened in; null without a live one.</param>
    /// <param name="password">The account's password; null when none was given.</param>
    /// <param name="startOver">Whether to start the account over when there is neither session nor password.</param>
    /// <param name="operation">The id that makes a repeated call idempotent; null for none.</param>
    [Alias("confirm-verification")]
    Task<ConfirmVerificationResult> ConfirmVerification(
        Secret token,
        CallerContext? caller,
        Password? password,
        bool startOver,
        OperationId? operation = null
    );

    /// <summary>Sends a confirmation link to a new email. The result does not reveal whether it is taken.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="email">The new email in canonical form.</param>
    [Alias("change-email")]
    Task<ChangeEmailResult> ChangeEmail(CallerContext caller, string email);

    /// <summary>
    /// Changes the email, with the link token that was sent to the new one, and notifies the old one.
    /// </summary>
    /// <param name="token">The link token.</param>
    /// <param name="insteadOf">An owner who has released the new email; null for none.</param>
    /// <param name="operation">The id that makes a repeated call idempotent; null for none.</param>
    [Alias("confirm-email-change")]
    Task<ConfirmEmailChangeResult> ConfirmEmailChange(
        Secret token,
        UserId? insteadOf,
        OperationId? operation = null
    );

    /// <summary>Notifies the owner of an attempt to register with this email, within the budget.</summary>
    [Alias("notify-registration-attempt")]
    Task NotifyRegistrationAttempt();
}
