using Microsoft.Extensions.Options;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Settings;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;

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
    /// <param name="judge">What its result says of the password.</param>
    public async Task<ThrottledResult<TResult>> Password<TResult>(
        HttpContext context,
        UserId user,
        Func<bool, Task<TResult>> attempt,
        Func<TResult, Guess> judge
    )
    {
        KnownDevice? device = await Device(context, user);
        if (device is null && loadShedder.IsShedding)
            return new ThrottledResult<TResult>.Overloaded();

        return await Try(
            context,
            TriesAt(context, SecretKind.Password, user),
            device,
            result => device is null ? Shedding(judge(result)) : judge(result),
            attempt
        );
    }

    /// <summary>Makes an attempt at an email address without an account, which has to look the same (enumeration).</summary>
    public async Task<ThrottledResult<TResult>> PasswordOfNobody<TResult>(
        HttpContext context,
        EmailKey address,
        Func<Task<TResult>> attempt,
        Func<TResult, Guess> judge
    )
    {
        if (loadShedder.IsShedding)
            return new ThrottledResult<TResult>.Overloaded();

        (string hash, int share) = nobodies.Of(address);
        INobodyThrottleGrain throttle = grains.NobodyThrottle(share);
        return await Try(
            context,
            new(_ => throttle.Begin(hash), (_, outcome) => throttle.Finish(hash, outcome)),
            device: null,
            result => Shedding(judge(result)),
            _ => attempt()
        );
    }

    /// <summary>Makes an attempt with a code of a second factor, unless it has to wait.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The user.</param>
    /// <param name="method">Which kind of code.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="judge">What its result says of the code.</param>
    public async Task<ThrottledResult<TResult>> Code<TResult>(
        HttpContext context,
        UserId user,
        AuthenticationMethod method,
        Func<Task<TResult>> attempt,
        Func<TResult, Guess> judge
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
            judge,
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

    private Guess Shedding(Guess guess)
    {
        if (guess == Guess.Overloaded)
            loadShedder.Overloaded();
        return guess;
    }

    private async Task<ThrottledResult<TResult>> Try<TResult>(
        HttpContext context,
        Tries tries,
        KnownDevice? device,
        Func<TResult, Guess> judge,
        Func<bool, Task<TResult>> attempt
    )
    {
        if (IsOff)
        {
            TResult result = await attempt(device is not null);
            judge(result);
            return new ThrottledResult<TResult>.Answered(result);
        }

        ClientNetwork network = ClientNetwork.Of(context.ClientIp());
        INetworkThrottleGrain throttle = grains.NetworkThrottle(ThrottleKey.Of(network));
        if (device is not null && await tries.Begin(device) is null)
        {
            TryOutcome outcome = TryOutcome.NotLookedAt;
            try
            {
                TResult result = await attempt(true);
                outcome = judge(result).Outcome();
                return new ThrottledResult<TResult>.Answered(result);
            }
            finally
            {
                await tries.Finish(device, outcome);
                if (outcome == TryOutcome.Failed)
                    await throttle.CountFailure(network);
            }
        }

        if (await throttle.Begin(network) is { } networkWait)
            return new ThrottledResult<TResult>.HeldOff(networkWait);

        TryOutcome ended = TryOutcome.NotLookedAt;
        try
        {
            if (await tries.Begin(null) is { } wait)
                return new ThrottledResult<TResult>.HeldOff(wait);

            try
            {
                TResult result = await attempt(false);
                ended = judge(result).Outcome();
                return new ThrottledResult<TResult>.Answered(result);
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
