using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Signs in with an email address and a password. An address that nobody owns takes the same path, and as long.</summary>
internal sealed class SignInService(IGrainFactory grains, SignInThrottle throttle)
{
    /// <summary>Tries the password.</summary>
    public async Task<ThrottledResult<SignInResult>> SignIn(
        HttpContext context,
        EmailKey address,
        SignIn signIn
    )
    {
        UserId? owner = await grains.Email(address).Owner();
        Task<SignInResult> Attempt(bool known) =>
            grains
                .User(owner ?? UserId.OfNobody(address))
                .SignIn(signIn with { Entrance = signIn.Entrance with { Known = known } });
        return owner is { } user
            ? await throttle.Password(context, user, Attempt, Guesses.OfPassword)
            : await throttle.PasswordOfNobody(
                context,
                address,
                () => Attempt(false),
                Guesses.OfPassword
            );
    }
}
