using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.UseCases;

/// <summary>Signs in by password and, where the account has a second factor, by a code after it.</summary>
public sealed class SignInUseCase(IGrainFactory grains, AttemptThrottle throttle)
{
    /// <summary>
    /// Signs in by password. Against user enumeration, an unknown email takes the same path and time.
    /// </summary>
    /// <param name="email">The email.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="where">The context of the new session.</param>
    /// <param name="client">The client, which is throttled.</param>
    public async Task<ThrottledResult<SignInResult>> SignIn(
        EmailKey email,
        Password password,
        SignInContext where,
        Client client
    )
    {
        UserId? owner = await grains.Email(email).Owner();
        Task<SignInResult> Attempt(bool known) =>
            grains.User(owner ?? UserId.DecoyFor(email)).SignIn(new SignIn(password, where, known));
        return owner is { } user
            ? await throttle.Password(client, user, Attempt, SecretVerifications.OfPassword)
            : await throttle.PasswordOfUnknownEmail(
                client,
                email,
                () => Attempt(false),
                SecretVerifications.OfPassword
            );
    }

    /// <summary>Completes a sign-in with a code, after the password was right.</summary>
    /// <param name="user">The user.</param>
    /// <param name="step">The code, and the sign-in that it completes.</param>
    /// <param name="client">The client, which is throttled.</param>
    public Task<ThrottledResult<CompleteSignInResult>> Complete(
        UserId user,
        SecondStep step,
        Client client
    ) =>
        throttle.Code(
            client,
            user,
            step.Code.Method,
            () => grains.User(user).CompleteSignIn(step),
            SecretVerifications.OfCode
        );
}
