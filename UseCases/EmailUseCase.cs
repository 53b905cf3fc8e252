using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Verifies and changes an account's email.</summary>
public sealed class EmailUseCase(
    IGrainFactory grains,
    EmailClaim claim,
    AttemptThrottle attempts,
    MailThrottle mails
)
{
    /// <summary>Sends the verification link again.</summary>
    /// <param name="user">The user.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="network">The client's network, which is throttled.</param>
    public Task<ThrottledResult<SendVerificationResult>> SendVerification(
        UserId user,
        CallerContext caller,
        ClientNetwork network
    ) => mails.Try(network, () => grains.UserEmail(user).SendVerification(caller));

    /// <summary>Sends a link to a new email, which confirms the change.</summary>
    /// <param name="user">The user.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="email">The new email.</param>
    /// <param name="network">The client's network, which is throttled.</param>
    public Task<ThrottledResult<ChangeEmailResult>> Change(
        UserId user,
        CallerContext caller,
        EmailAddress email,
        ClientNetwork network
    ) => mails.Try(network, () => grains.UserEmail(user).ChangeEmail(caller, email.Value));

    /// <summary>Changes the email, with the link token that was sent to the new one.</summary>
    /// <returns>The result; null when concurrent claims of the new email won every round.</returns>
    public Task<ConfirmEmailChangeResult?> ConfirmChange(
        UserId user,
        Secret token,
        OperationId operation
    ) =>
        claim.Claim(
            insteadOf => grains.UserEmail(user).ConfirmEmailChange(token, insteadOf, operation),
            result =>
                result is ConfirmEmailChangeResult.EmailTaken taken
                    ? (taken.Email, taken.Owner)
                    : null
        );

    /// <summary>Verifies the email, with the link token that was sent to it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="token">The link token.</param>
    /// <param name="caller">The caller; null without a session.</param>
    /// <param name="password">The password as typed; null when none was given.</param>
    /// <param name="startOver">Whether to start the account over when there is neither session nor password.</param>
    /// <param name="operation">The id that makes a repeated call idempotent.</param>
    /// <param name="client">The client, which is throttled.</param>
    public async Task<ThrottledResult<ConfirmVerificationResult>> ConfirmVerification(
        UserId user,
        Secret token,
        CallerContext? caller,
        Password? password,
        bool startOver,
        OperationId operation,
        Client client
    )
    {
        Task<ConfirmVerificationResult> Attempt() =>
            grains
                .UserEmail(user)
                .ConfirmVerification(token, caller, password, startOver, operation);

        bool verifiesPassword =
            password is not null
            && caller is null
            // For an email that is verified already, the grain verifies no password.
            && await grains.User(user).Profile() is { EmailVerified: false };
        return verifiesPassword
            ? await attempts.Password(client, user, _ => Attempt(), SecretVerifications.OfPassword)
            : new ThrottledResult<ConfirmVerificationResult>.Answered(await Attempt());
    }
}
