using Microsoft.Extensions.Options;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Settings;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Throttling;

/// <summary>
/// Throttles guesses: no secret is verified while the account or the client's network has to wait. Passwords, codes and
/// recovery codes are counted separately. Attempts on devices on which the user has signed in before are counted apart
/// from those of strangers, so that neither use up the budget of the others (ASVS 6.3.1, 6.1.1). A device that has used up
/// its share is treated like any other.
/// </summary>
internal sealed class SignInThrottle(
    IGrainFactory grains,
    DeviceCookie devices,
    SignInLoadShedder loadShedder,
    NobodyKeys nobodies,
    IOptions<ApiSettings> settings
)
{
    private bool IsOff => settings.Value.SignInThrottle == "off";

    /// <summary>Makes an attempt with a user's password, unless it has to wait.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The user.</param>
    /// <param name="attempt">The attempt. Its argument is whether the device is known.</param>
    /// <returns>The answer; or null, and how long to wait before the next attempt.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> Password(
        HttpContext context,
        UserId user,
        Func<bool, Task<UserAnswer>> attempt
    )
    {
        KnownDevice? device = await Device(context, user);
        if (device is null && loadShedder.IsShedding)
            return (new Busy(), default);

        (UserAnswer? Answer, TimeSpan Wait) tried = await Try(
            context,
            TriesAt(context, SecretKind.Password, user),
            device,
            TryOutcomes.OfPassword,
            attempt
        );
        if (device is null && tried.Answer is Busy)
            loadShedder.Overloaded();
        return tried;
    }

    /// <summary>Makes an attempt at an email address without an account, which has to look the same (enumeration).</summary>
    /// <returns>The answer; or null, and how long to wait before the next attempt.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> PasswordOfNobody(
        HttpContext context,
        EmailKey address,
        Func<Task<UserAnswer>> attempt
    )
    {
        if (loadShedder.IsShedding)
            return (new Busy(), default);

        (string hash, int share) = nobodies.Of(address);
        INobodyThrottleGrain throttle = grains.NobodyThrottle(share);
        (UserAnswer? Answer, TimeSpan Wait) tried = await Try(
            context,
            new(_ => throttle.Begin(hash), (_, outcome) => throttle.Finish(hash, outcome)),
            device: null,
            TryOutcomes.OfPassword,
            _ => attempt()
        );
        if (tried.Answer is Busy)
            loadShedder.Overloaded();
        return tried;
    }

    /// <summary>Makes an attempt with a code of a second factor, unless it has to wait.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The user.</param>
    /// <param name="method">Which kind of code.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>The answer; or null, and how long to wait before the next attempt.</returns>
    public async Task<(UserAnswer? Answer, TimeSpan Wait)> Code(
        HttpContext context,
        UserId user,
        AuthenticationMethod method,
        Func<Task<UserAnswer>> attempt
    ) =>
        await Try(
            context,
            TriesAt(
                context,
                method == AuthenticationMethod.RecoveryCode
                    ? SecretKind.RecoveryCode
                    : SecretKind.Code,
                user
            ),
            await Device(context, user),
            TryOutcomes.OfCode,
            _ => attempt()
        );

    /// <summary>Counts an email that somebody asks for, to an address that may be another person's.</summary>
    /// <returns>Null when it may be sent; else for how long to wait.</returns>
    public async Task<TimeSpan?> MailAskedFor(HttpContext context)
    {
        if (IsOff)
            return null;

        ClientNetwork network = ClientNetwork.Of(context.ClientIp());
        INetworkThrottleGrain throttle = grains.NetworkThrottle(ThrottleKey.OfMails(network));
        if (await throttle.Begin(network) is { } wait)
            return wait;

        await throttle.Finish(network, TryOutcome.Failed);
        return null;
    }

    /// <summary>
    /// The user's password was reset by email: failures with the old one no longer count, and failures of strangers with
    /// codes are forgiven once.
    /// </summary>
    public Task PasswordReset(UserId user) =>
        Task.WhenAll(
            grains.AccountThrottle(SecretKind.Password, user).Clear(),
            grains.AccountThrottle(SecretKind.Code, user).ForgiveOnce(),
            grains.AccountThrottle(SecretKind.RecoveryCode, user).ForgiveOnce()
        );

    // The user's grain is asked only for marks that we have signed: a stranger must not create activations.
    private async Task<KnownDevice?> Device(HttpContext context, UserId user) =>
        await devices.ReadCurrent(context.Request) is { } token && token.User == user
            ? await grains.User(user).Device(token.Mark)
            : null;

    private Tries TriesAt(HttpContext context, SecretKind secret, UserId user)
    {
        IAccountThrottleGrain throttle = grains.AccountThrottle(secret, user);
        return new(
            throttle.Begin,
            async (device, outcome) =>
            {
                if (!await throttle.Finish(device, outcome))
                    return;
                await grains.UserFactors(user).TellOfWrongCodes(context.Device());
                await throttle.OwnerTold();
            }
        );
    }

    private async Task<(UserAnswer? Answer, TimeSpan Wait)> Try(
        HttpContext context,
        Tries tries,
        KnownDevice? device,
        Func<UserAnswer, TryOutcome> outcomeOf,
        Func<bool, Task<UserAnswer>> attempt
    )
    {
        if (IsOff)
            return (await attempt(device is not null), default);

        ClientNetwork network = ClientNetwork.Of(context.ClientIp());
        INetworkThrottleGrain throttle = grains.NetworkThrottle(ThrottleKey.Of(network));
        if (device is not null && await tries.Begin(device) is null)
        {
            TryOutcome outcome = TryOutcome.NotLookedAt;
            try
            {
                UserAnswer answer = await attempt(true);
                outcome = outcomeOf(answer);
                return (answer, default);
            }
            finally
            {
                await tries.Finish(device, outcome);
                if (outcome == TryOutcome.Failed)
                    await throttle.CountFailure(network);
            }
        }

        if (await throttle.Begin(network) is { } networkWait)
            return (null, networkWait);

        TryOutcome ended = TryOutcome.NotLookedAt;
        try
        {
            if (await tries.Begin(null) is { } wait)
                return (null, wait);

            try
            {
                UserAnswer answer = await attempt(false);
                ended = outcomeOf(answer);
                return (answer, default);
            }
            finally
            {
                await tries.Finish(null, ended);
            }
        }
        finally
        {
            await throttle.Finish(network, ended);
        }
    }
}
