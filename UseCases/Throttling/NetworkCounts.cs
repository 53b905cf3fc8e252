using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.UseCases.Throttling;

/// <summary>Counts events of networks that are not attempts at a secret of an account.</summary>
internal static class NetworkCounts
{
    /// <summary>Counts one against the network's budget.</summary>
    /// <returns>Null when allowed; else how long to wait.</returns>
    public static async Task<TimeSpan?> Count(
        this INetworkThrottleGrain throttle,
        ClientNetwork network
    )
    {
        if (await throttle.Begin(network) is { } wait)
            return wait;

        await throttle.Finish(network, AttemptOutcome.Failed);
        return null;
    }
}
