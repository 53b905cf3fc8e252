using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.Grains.Throttling;

// Longer than the longest delay, so that attempts in progress are not forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("network-throttle")]
internal sealed class NetworkThrottleGrain(IOptions<ThrottleOptions> options, TimeProvider clock)
    : Grain,
        INetworkThrottleGrain
{
    private NetworkAttempts _attempts = options.Value.OfNetworks;

    public Task<TimeSpan?> Begin(ClientNetwork network)
    {
        (TimeSpan? wait, _attempts) = _attempts.Begin(network, clock.GetUtcNow());
        return Task.FromResult(wait);
    }

    public Task Finish(ClientNetwork network, AttemptOutcome outcome)
    {
        _attempts = _attempts.Finish(network, outcome, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task CountFailure(ClientNetwork network)
    {
        _attempts = _attempts.CountFailure(network, clock.GetUtcNow());
        return Task.CompletedTask;
    }
}
