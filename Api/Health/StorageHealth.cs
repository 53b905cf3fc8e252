using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionAuth.Providers;

namespace SessionAuth.Api.Health;

/// <summary>
/// Checks whether storage accepts writes, by writing at most once a second. Concurrent requests share the result.
/// </summary>
internal sealed class StorageHealth(IEnumerable<IStorageProbe> storages, TimeProvider clock)
    : IHealthCheck
{
    private static readonly TimeSpan s_goodFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<bool>? _probe;
    private long _beganAt;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await Probe().WaitAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("Storage does not accept writes.");

    private Task<bool> Probe()
    {
        lock (_lock)
        {
            bool another =
                _probe is null
                || (_probe.IsCompleted && clock.GetElapsedTime(_beganAt) >= s_goodFor);
            if (another)
            {
                _beganAt = clock.GetTimestamp();
                _probe = Task.Run(CanWrite);
            }

            return _probe!;
        }
    }

    // Not bound to the first request's cancellation, since others share the result.
    private async Task<bool> CanWrite()
    {
        using CancellationTokenSource patience = new(s_longestProbe, clock);
        foreach (IStorageProbe storage in storages)
        {
            if (!await storage.CanWriteAsync(patience.Token))
                return false;
        }

        return true;
    }
}
