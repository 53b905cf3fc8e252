using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionAuth.Providers;

namespace SessionAuth.Api.Health;

/// <summary>Whether a change can be stored, where this process stores any.</summary>
internal sealed class StorageHealth(IEnumerable<IStorageProbe> storages) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        foreach (IStorageProbe storage in storages)
        {
            if (!await storage.CanWriteAsync(cancellationToken))
                return HealthCheckResult.Unhealthy("Storage takes no writes.");
        }
        return HealthCheckResult.Healthy();
    }
}
