using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Changes and resets passwords.</summary>
public sealed class PasswordUseCase(
    IGrainFactory grains,
    AttemptThrottle attempts,
    MailThrottle mails
)
{
    /// <summary>Changes the password, after verifying the current one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="current">The current password as typed.</param>
    /// <param name="replacement">The new password.</param>
    /// <param name="client">The client, which is throttled.</param>
    public Task<ThrottledResult<ChangePasswordResult>> Change(
        UserId user,
        CallerContext caller,
        Password current,
        Password replacement,
        Client client
    ) =>
        attempts.Password(
            client,
            user,
            _ => grains.UserPassword(user).ChangePassword(caller, current, replacement),
            SecretVerifications.OfPassword
        );

    /// <summary>
    /// Sends a reset link. The answer does not reveal whether the email has an account (user enumeration).
    /// </summary>
    /// <param name="email">The email.</param>
    /// <param name="network">The client's network, which is throttled.</param>
    /// <returns>Null when the request was accepted; else how long to wait.</returns>
    public async Task<TimeSpan?> Forgot(EmailKey email, ClientNetwork network)
    {
        if (await mails.Count(network) is { } wait)
            return wait;

        UserId owner = await grains.Email(email).Owner() ?? UserId.DecoyFor(email);
        await grains.UserPassword(owner).ForgotPassword();
        return null;
    }

    /// <summary>Sets a new password with a link token, and clears the failures with the old one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="token">The link token.</param>
    /// <param name="replacement">The new password.</param>
    /// <param name="operation">The id that makes a repeated call idempotent.</param>
    public async Task<ResetPasswordResult> Reset(
        UserId user,
        Secret token,
        Password replacement,
        OperationId operation
    )
    {
        ResetPasswordResult result = await grains
            .UserPassword(user)
            .ResetPassword(token, replacement, operation);
        if (result is ResetPasswordResult.Reset)
            await attempts.PasswordReset(user);
        return result;
    }
}
