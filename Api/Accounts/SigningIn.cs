using SessionAuth.Api.Throttling;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>Signs in at an address. One that nobody owns takes the same path, and as long.</summary>
internal sealed class SigningIn(IGrainFactory grains, GuessGuard guesses)
{
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> SignIn(
        HttpContext context,
        EmailKey address,
        SignIn signIn
    )
    {
        UserId? owner = await grains.Email(address).Owner();
        Task<UserAnswer> Attempt(bool known) =>
            grains
                .User(owner ?? UserId.OfNobody(address))
                .SignIn(signIn with { Entrance = signIn.Entrance with { Known = known } });
        return owner is { } user
            ? await guesses.Password(context, user, Attempt)
            : await guesses.PasswordOfNobody(context, address, () => Attempt(false));
    }
}
