using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.UseCases.Throttling;

/// <summary>
/// Throttles attempts: no secret is verified during the back-off of its account or of the client's network. Passwords,
/// codes and recovery codes are counted separately. Attempts on known devices are counted apart from others, so that
/// neither use up the budget of the other (ASVS 6.3.1, 6.1.1). A known device that has used up its share counts as
/// unknown.
/// </summary>
public sealed class AttemptThrottle(
    IGrainFactory grains,
    HashLoadShedder loadShedder,
    UnknownEmailKeys unknownEmails,
    ThrottleSwitch throttling
)
{
    /// <summary>Makes an attempt with a user's password, unless it is throttled.</summary>
    /// <param name="client">The client that makes it.</param>
    /// <param name="user">The user.</param>
    /// <param name="attempt">The attempt. Its argument is whether the device is known.</param>
    /// <param name="judge">Whether the result means a right or wrong password.</param>
    public async Task<ThrottledResult<TResult>> Password<TResult>(
        Client client,
        UserId user,
        Func<bool, Task<TResult>> attempt,
        Func<TResult, SecretVerification> judge
    )
    {
        KnownDevice? device = await Device(client, user);
        if (device is null && loadShedder.IsShedding)
            return new ThrottledResult<TResult>.Overloaded();

        return await Try(
            client,
            CounterFor(client, SecretKind.Password, user),
            device,
            result => device is null ? Shedding(judge(result)) : judge(result),
            attempt
        );
    }

    /// <summary>Makes an attempt at an unknown email, which must be indistinguishable (user enumeration).</summary>
    public async Task<ThrottledResult<TResult>> PasswordOfUnknownEmail<TResult>(
        Client client,
        EmailKey email,
        Func<Task<TResult>> attempt,
        Func<TResult, SecretVerification> judge
    )
    {
        if (loadShedder.IsShedding)
            return new ThrottledResult<TResult>.Overloaded();

        (string hash, int share) = unknownEmails.Of(email);
        IUnknownEmailThrottleGrain throttle = grains.UnknownEmailThrottle(share);
        return await Try(
            client,
            new(_ => throttle.Begin(hash), (_, outcome) => throttle.Finish(hash, outcome)),
            device: null,
            result => Shedding(judge(result)),
            _ => attempt()
        );
    }

    /// <summary>Makes an attempt with a code of a second factor, unless it is throttled.</summary>
    /// <param name="client">The client that makes it.</param>
    /// <param name="user">The user.</param>
    /// <param name="method">Which kind of code.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="judge">Whether the result means a right or wrong code.</param>
    public async Task<ThrottledResult<TResult>> Code<TResult>(
        Client client,
        UserId user,
        AuthenticationMethod method,
        Func<Task<TResult>> attempt,
        Func<TResult, SecretVerification> judge
    ) =>
        await Try(
            client,
            CounterFor(
                client,
                method == AuthenticationMethod.RecoveryCode
                    ? SecretKind.RecoveryCode
                    : SecretKind.Code,
                user
            ),
            await Device(client, user),
            judge,
            _ => attempt()
        );

    /// <summary>
    /// The password was reset by email: clears the failures with the old one, and forgives once the failures with codes
    /// from unknown devices.
    /// </summary>
    public Task PasswordReset(UserId user) =>
        Task.WhenAll(
            grains.AccountThrottle(SecretKind.Password, user).Clear(),
            grains.AccountThrottle(SecretKind.Code, user).ForgiveOnce(),
            grains.AccountThrottle(SecretKind.RecoveryCode, user).ForgiveOnce()
        );

    // The mark comes from a signed cookie: clients without one cannot cause activations (denial of service).
    private async Task<KnownDevice?> Device(Client client, UserId user) =>
        client.Mark is { } mark && client.MarkOf == user
            ? await grains.User(user).Device(mark)
            : null;

    private AttemptCounter CounterFor(Client client, SecretKind secret, UserId user)
    {
        IAccountThrottleGrain throttle = grains.AccountThrottle(secret, user);
        return new(
            throttle.Begin,
            async (device, outcome) =>
            {
                if (!await throttle.Finish(device, outcome))
                    return;
                await grains.UserFactors(user).NotifyWrongCodes(client.Device);
                await throttle.MarkOwnerNotified();
            }
        );
    }

    private SecretVerification Shedding(SecretVerification verification)
    {
        if (verification == SecretVerification.Overloaded)
            loadShedder.Overloaded();
        return verification;
    }

    private async Task<ThrottledResult<TResult>> Try<TResult>(
        Client client,
        AttemptCounter counter,
        KnownDevice? device,
        Func<TResult, SecretVerification> judge,
        Func<bool, Task<TResult>> attempt
    )
    {
        if (throttling.IsOff)
        {
            TResult result = await attempt(device is not null);
            judge(result);
            return new ThrottledResult<TResult>.Answered(result);
        }

        ClientNetwork network = client.Network;
        INetworkThrottleGrain throttle = grains.NetworkThrottle(ThrottleKey.Of(network));
        if (device is not null && await counter.Begin(device) is null)
        {
            AttemptOutcome outcome = AttemptOutcome.NotVerified;
            try
            {
                TResult result = await attempt(true);
                outcome = judge(result).Outcome();
                return new ThrottledResult<TResult>.Answered(result);
            }
            finally
            {
                await counter.Finish(device, outcome);
                if (outcome == AttemptOutcome.Failed)
                    await throttle.CountFailure(network);
            }
        }

        if (await throttle.Begin(network) is { } networkWait)
            return new ThrottledResult<TResult>.Throttled(networkWait);

        AttemptOutcome ended = AttemptOutcome.NotVerified;
        try
        {
            if (await counter.Begin(null) is { } wait)
                return new ThrottledResult<TResult>.Throttled(wait);

            try
            {
                TResult result = await attempt(false);
                ended = judge(result).Outcome();
                return new ThrottledResult<TResult>.Answered(result);
            }
            finally
            {
                await counter.Finish(null, ended);
            }
        }
        finally
        {
            await throttle.Finish(network, ended);
        }
    }
}
