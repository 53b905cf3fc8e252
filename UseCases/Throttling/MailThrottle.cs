using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.UseCases.Throttling;

/// <summary>Throttles requests that send an email to a recipient who may not be the client's user.</summary>
public sealed class MailThrottle(IGrainFactory grains, ThrottleSwitch throttling)
{
    /// <summary>Counts a request for an email.</summary>
    /// <param name="network">The client's network.</param>
    /// <returns>Null when allowed; else how long to wait.</returns>
    public async Task<TimeSpan?> Count(ClientNetwork network) =>
        throttling.IsOff
            ? null
            : await grains.NetworkThrottle(ThrottleKey.OfMails(network)).Count(network);

    /// <summary>Makes a request for an email, unless the network is throttled.</summary>
    /// <param name="network">The client's network.</param>
    /// <param name="ask">The request.</param>
    public async Task<ThrottledResult<TResult>> Try<TResult>(
        ClientNetwork network,
        Func<Task<TResult>> ask
    ) =>
        await Count(network) is { } wait
            ? new ThrottledResult<TResult>.Throttled(wait)
            : new ThrottledResult<TResult>.Answered(await ask());
}
