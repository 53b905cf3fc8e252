using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>Counts the failures of client networks in a sliding window, in memory only.</summary>
/// <remarks>
/// The key is a <see cref="ThrottleKey"/>. Each grain counts for a share of all networks, and for a bounded number of
/// them at a time, so that attacks from very many networks use bounded memory. It counts an IPv4 /24, or an IPv6 /48
/// with the /56 and /64 networks in it: each has its own limit, and a wider network a higher one.
/// </remarks>
[Alias("network-throttle")]
public interface INetworkThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins an attempt.</summary>
    /// <returns>Null when allowed; else how long to wait.</returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(ClientNetwork network);

    /// <summary>Ends an attempt that was allowed. A success does not reset the network's failures.</summary>
    [Alias("finish")]
    Task Finish(ClientNetwork network, AttemptOutcome outcome);

    /// <summary>Counts a failed attempt that did not begin here, because it was made on a known device.</summary>
    [Alias("count-failure")]
    Task CountFailure(ClientNetwork network);
}
