using Microsoft.Extensions.Options;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Settings;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Emails;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Throttling;

/// <summary>
/// Holds guesses off: nothing that takes a secret is asked while the account or the client's network has to wait.
/// Passwords and codes are counted apart.
/// </summary>
internal sealed class GuessGuard(IGrainFactory grains, IOptions<ApiSettings> settings)
{
    /// <summary>Tries a password, of an address that may be nobody's.</summary>
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public Task<(UserAnswer? Answer, TimeSpan Wait)> Password(
        HttpContext context,
        EmailKey address,
        UserId? owner,
        Func<Task<UserAnswer>> attempt
    ) => Try(context, ThrottleKey.Of(address), AuthenticationMethod.Password, attempt);

    /// <summary>Tries a code of a second factor.</summary>
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public Task<(UserAnswer? Answer, TimeSpan Wait)> Code(
        HttpContext context,
        UserId user,
        Func<Task<UserAnswer>> attempt
    ) => Try(context, ThrottleKey.OfCodes(user), AuthenticationMethod.Totp, attempt);

    /// <summary>Counts a mail that somebody asks for who is not signed in.</summary>
    /// <returns>Null when it may be sent; else for how long to wait.</returns>
    public async Task<TimeSpan?> MailAskedFor(HttpContext context)
    {
        if (settings.Value.SignInThrottle == "off")
            return null;

        ISignInThrottleGrain network = grains.SignInThrottle(
            ThrottleKey.OfMails(context.ClientIp())
        );
        if (await network.Begin() is { } wait)
            return wait;

        await network.Finish(TryOutcome.Failed);
        return null;
    }

    /// <summary>Forgets the failures at an address whose owner has proved it otherwise.</summary>
    public Task ForgetFailures(EmailKey address) =>
        grains.SignInThrottle(ThrottleKey.Of(address)).Clear();

    private async Task<(UserAnswer? Answer, TimeSpan Wait)> Try(
        HttpContext context,
        ThrottleKey budget,
        AuthenticationMethod guessed,
        Func<Task<UserAnswer>> attempt
    )
    {
        if (settings.Value.SignInThrottle == "off")
            return (await attempt(), default);

        ISignInThrottleGrain network = grains.SignInThrottle(ThrottleKey.Of(context.ClientIp()));
        if (await network.Begin() is { } networkWait)
            return (null, networkWait);

        TryOutcome outcome = TryOutcome.NotLookedAt;
        try
        {
            ISignInThrottleGrain account = grains.SignInThrottle(budget);
            if (await account.Begin() is { } accountWait)
                return (null, accountWait);

            try
            {
                UserAnswer answer = await attempt();
                outcome = Outcome(answer, guessed);
                return (answer, default);
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

    private static TryOutcome Outcome(UserAnswer answer, AuthenticationMethod guessed) =>
        answer switch
        {
            Busy or StepUpRequired or LinkRefused or PasswordRefused => TryOutcome.NotLookedAt,
            Refused { Of: AuthenticationMethod.Password } => guessed
            == AuthenticationMethod.Password
                ? TryOutcome.Failed
                : TryOutcome.NotLookedAt,
            Refused => guessed == AuthenticationMethod.Password
                ? TryOutcome.Succeeded
                : TryOutcome.Failed,
            _ => TryOutcome.Succeeded,
        };
}
