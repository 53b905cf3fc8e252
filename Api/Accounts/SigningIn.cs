using System.Net;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Accounts;

/// <summary>
/// Signs in at an address, unless the address or the client's network has to wait. An address that nobody owns
/// takes the same path, and as long.
/// </summary>
internal sealed class SigningIn(IGrainFactory grains, IOptions<ApiSettings> settings)
{
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public async Task<(UserAnswer? UserAnswer, TimeSpan Wait)> SignIn(
        EmailKey address,
        IPAddress client,
        SignIn signIn
    )
    {
        if (settings.Value.SignInThrottle == "off")
            return (await Verify(address, signIn), default);

        ISignInThrottleGrain network = grains.SignInThrottle(ThrottleKey.Of(client));
        if (await network.Begin() is { } networkWait)
            return (null, networkWait);

        TryOutcome outcome = TryOutcome.NotLookedAt;
        try
        {
            ISignInThrottleGrain account = grains.SignInThrottle(ThrottleKey.Of(address));
            if (await account.Begin() is { } accountWait)
                return (null, accountWait);

            try
            {
                UserAnswer entry = await Verify(address, signIn);
                outcome = entry switch
                {
                    Admitted => TryOutcome.Succeeded,
                    Refused => TryOutcome.Failed,
                    _ => TryOutcome.NotLookedAt,
                };
                return (entry, default);
            }
            finally
            {
                await account.Finish(outcome);
            }
        }
        finally
        {
            await network.Finish(outcome);
        }
    }

    private async Task<UserAnswer> Verify(EmailKey address, SignIn signIn)
    {
        UserId owner = await grains.Email(address).Owner() ?? UserId.OfNobody(address.Value);
        return await grains.User(owner).SignIn(signIn);
    }
}
