using SessionAuth.Domain.SignIn;

namespace SessionAuth.Grains.Interfaces.Throttling;

/// <summary>Counts the failures of a client network within a window, in memory: a restart forgets them.</summary>
/// <remarks>
/// The key is a <see cref="ThrottleKey"/>. One grain counts for a share of all networks, and for a bounded number of them at
/// a time, so that guesses from very many networks leave a bounded number of activations. It counts an IPv4 /24, or an IPv6
/// /48 with the /56 and /64 networks in it: each has its limit, and the wider may fail more often.
/// </remarks>
[Alias("network-throttle")]
public interface INetworkThrottleGrain : IGrainWithStringKey
{
    /// <summary>Begins a try.</summary>
    /// <returns>Null when it may go on; else for how long to wait before another.</returns>
    [Alias("begin")]
    Task<TimeSpan?> Begin(ClientNetwork network);

    /// <summary>Ends a try that was allowed to go on. A success forgives a network nothing.</summary>
    [Alias("finish")]
    Task Finish(ClientNetwork network, TryOutcome outcome);

    /// <summary>Counts the failure of a try that went on without this grain: on a known device.</summary>
    [Alias("count-failure")]
    Task CountFailure(ClientNetwork network);
}
