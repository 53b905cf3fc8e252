using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.UseCases.Throttling;

/// <summary>
/// Throttles failed authentications of applications, with a budget of their own: they neither delay sign-ins nor are
/// delayed by failed ones.
/// </summary>
public sealed class ClientThrottle(IGrainFactory grains, ThrottleSwitch throttling)
{
    /// <summary>Counts a failed authentication.</summary>
    /// <param name="network">The network that it comes from.</param>
    /// <returns>Null while there are few; else how long to wait.</returns>
    public async Task<TimeSpan?> Count(ClientNetwork network) =>
        throttling.IsOff
            ? null
            : await grains.NetworkThrottle(ThrottleKey.OfClients(network)).Count(network);
}
