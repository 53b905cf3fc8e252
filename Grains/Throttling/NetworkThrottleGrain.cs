using Microsoft.Extensions.Options;
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

    private readonly Dictionary<string, BackOff> _networks = new(StringComparer.Ordinal);

    public Task<TimeSpan?> Begin(ClientNetwork network)
    {
        DateTimeOffset now = clock.GetUtcNow();
        BackOff[] around = [.. Around(network, now)];
        if (around.Max(tries => tries.Wait(now)) is { } wait)
            return Task.FromResult<TimeSpan?>(wait);

        foreach (BackOff tries in around)
            tries.Begin(now);
        return Task.FromResult<TimeSpan?>(null);
    }

    public Task Finish(ClientNetwork network, TryOutcome outcome)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (BackOff tries in Around(network, now))
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
        foreach (BackOff tries in Around(network, now))
            tries.CountFailure(now);
        return Task.CompletedTask;
    }

    private IEnumerable<BackOff> Around(ClientNetwork network, DateTimeOffset now)
    {
        for (int i = 0; i < network.Names.Count; i++)
        {
            string name = network.Names[i];
            if (!_networks.TryGetValue(name, out BackOff? tries))
            {
                MakeRoom(now);
                _networks[name] = tries = new(options.Value.OfNetwork(widening: i));
            }

            yield return tries;
        }
    }

    // Where too many networks fail within the window, those with the fewest failures are forgotten first.
    private void MakeRoom(DateTimeOffset now)
    {
        if (_networks.Count < MostNetworks)
            return;

        foreach ((string name, BackOff tries) in _networks)
        {
            tries.Forget(now);
            if (tries.Tries == 0)
                _networks.Remove(name);
        }

        while (_networks.Count >= MostNetworks)
        {
            string fewest = _networks
                .OrderBy(known => known.Value.Tries)
                .ThenBy(known => known.Value.LastFailedAt)
                .First()
                .Key;
            _networks.Remove(fewest);
        }
    }
}
