using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;

namespace SessionAuth.Grains.Throttling;

// Longer than the longest wait, so that what is under way is not forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("network-throttle")]
internal sealed class NetworkThrottleGrain(IOptions<ThrottleOptions> options, TimeProvider clock)
    : Grain,
        INetworkThrottleGrain
{
    private const int MostNetworks = 32;

    private readonly AttemptBackoffs _networks = new(MostNetworks);
    private readonly IReadOnlyList<AttemptBackoffRules> _rules = options.Value.OfNetworks();

    public Task<TimeSpan?> Begin(ClientNetwork network)
    {
        DateTimeOffset now = clock.GetUtcNow();
        AttemptBackoff[] around = Around(network, now);
        if (around.Max(tries => tries.Wait(now)) is { } wait)
            return Task.FromResult<TimeSpan?>(wait);

        foreach (AttemptBackoff tries in around)
            tries.Begin(now);
        return Task.FromResult<TimeSpan?>(null);
    }

    public Task Finish(ClientNetwork network, TryOutcome outcome)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (AttemptBackoff tries in Around(network, now))
        {
            if (outcome == TryOutcome.Failed)
                tries.Fail(now);
            else
                tries.Withdraw();
        }

        return Task.CompletedTask;
    }

    public Task CountFailure(ClientNetwork network)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (AttemptBackoff tries in Around(network, now))
            tries.CountFailure(now);
        return Task.CompletedTask;
    }

    private AttemptBackoff[] Around(ClientNetwork network, DateTimeOffset now) =>
        _networks.Of(network.Names, _rules, now);
}
