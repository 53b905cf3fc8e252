using Microsoft.Extensions.Options;
using SessionAuth.Api.Cookies;
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
/// Passwords and codes are counted apart. A device on which the user has signed in before has a budget of its own, which
/// nobody else can use up; when it is, the device is as any other (ASVS 6.3.1, 6.1.1). What fails on it counts at the
/// account and the network too.
/// </summary>
internal sealed class GuessGuard(
    IGrainFactory grains,
    DeviceCookie devices,
    HashDoor door,
    IOptions<ApiSettings> settings
)
{
    private bool IsOff => settings.Value.SignInThrottle == "off";

    /// <summary>Tries a password, of an address that may be nobody's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="address">The address.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="attempt">The try; told whether the device is known.</param>
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> Password(
        HttpContext context,
        EmailKey address,
        UserId? owner,
        Func<bool, Task<UserAnswer>> attempt
    )
    {
        string? device = await Device(context, owner);
        if (device is null && door.IsClosed)
            return (new Busy(), default);

        (UserAnswer? Answer, TimeSpan Wait) tried = await Try(
            context,
            ThrottleKey.Of(address),
            device is null ? null : ThrottleKey.OfPasswordsOn(device),
            PasswordOutcome,
            attempt
        );
        if (device is null && tried.Answer is Busy)
            door.Close();
        return tried;
    }

    /// <summary>Tries a code of a second factor.</summary>
    /// <returns>How it went; or null, and for how long to wait.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> Code(
        HttpContext context,
        UserId user,
        Func<Task<UserAnswer>> attempt
    )
    {
        string? device = await Device(context, user);
        return await Try(
            context,
            ThrottleKey.OfCodes(user),
            device is null ? null : ThrottleKey.OfCodesOn(device),
            CodeOutcome,
            _ => attempt()
        );
    }

    /// <summary>Counts a mail that somebody asks for, to an address that may be another's.</summary>
    /// <returns>Null when it may be sent; else for how long to wait.</returns>
    public async Task<TimeSpan?> MailAskedFor(HttpContext context)
    {
        if (IsOff)
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

    private async Task<string?> Device(HttpContext context, UserId? user) =>
        user is not null && await devices.Read(context.Request) is { } device && device.User == user
            ? device.Device
            : null;

    private async Task<(UserAnswer? Answer, TimeSpan Wait)> Try(
        HttpContext context,
        ThrottleKey account,
        ThrottleKey? device,
        Func<UserAnswer, TryOutcome> outcomeOf,
        Func<bool, Task<UserAnswer>> attempt
    )
    {
        if (IsOff)
            return (await attempt(device is not null), default);

        if (device is { } own)
        {
            ISignInThrottleGrain budget = grains.SignInThrottle(own);
            if (await budget.Begin() is null)
            {
                TryOutcome outcome = TryOutcome.NotLookedAt;
                try
                {
                    UserAnswer answer = await attempt(true);
                    outcome = outcomeOf(answer);
                    if (outcome == TryOutcome.Succeeded)
                        await grains.SignInThrottle(account).Clear();
                    if (outcome == TryOutcome.Failed)
                        await Task.WhenAll(
                            grains.SignInThrottle(account).CountFailure(),
                            Network(context).CountFailure()
                        );
                    return (answer, default);
                }
                finally
                {
                    await budget.Finish(outcome);
                }
            }
        }

        return await TryUnknown(context, account, device, outcomeOf, attempt);
    }

    private async Task<(UserAnswer? Answer, TimeSpan Wait)> TryUnknown(
        HttpContext context,
        ThrottleKey key,
        ThrottleKey? device,
        Func<UserAnswer, TryOutcome> outcomeOf,
        Func<bool, Task<UserAnswer>> attempt
    )
    {
        ISignInThrottleGrain network = Network(context);
        if (await network.Begin() is { } networkWait)
            return (null, networkWait);

        TryOutcome outcome = TryOutcome.NotLookedAt;
        try
        {
            ISignInThrottleGrain account = grains.SignInThrottle(key);
            if (await account.Begin() is { } accountWait)
                return (null, accountWait);

            try
            {
                UserAnswer answer = await attempt(false);
                outcome = outcomeOf(answer);
                // The device's budget was used up, and its user is there again.
                if (outcome == TryOutcome.Succeeded && device is { } own)
                    await grains.SignInThrottle(own).Clear();
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

    private ISignInThrottleGrain Network(HttpContext context) =>
        grains.SignInThrottle(ThrottleKey.Of(context.ClientIp()));

    private static TryOutcome PasswordOutcome(UserAnswer answer) =>
        answer switch
        {
            Busy or StepUpRequired or LinkRefused or PasswordRefused or SignedOut or NotThere =>
                TryOutcome.NotLookedAt,
            Refused { Of: AuthenticationMethod.Password } => TryOutcome.Failed,
            _ => TryOutcome.Succeeded,
        };

    private static TryOutcome CodeOutcome(UserAnswer answer) =>
        answer switch
        {
            Busy or StepUpRequired or SignInExpired or SignedOut or NotThere =>
                TryOutcome.NotLookedAt,
            Refused { Of: AuthenticationMethod.Password } => TryOutcome.NotLookedAt,
            Refused => TryOutcome.Failed,
            _ => TryOutcome.Succeeded,
        };
}
