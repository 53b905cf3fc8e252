using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionAuth.Providers;

namespace SessionAuth.Api.Health;

/// <summary>Ready means: a change can be stored.</summary>
internal sealed class StorageReadiness(IStorageProbe storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await storage.WriteAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageUnavailableException)
        {
            return HealthCheckResult.Unhealthy("Storage is away.");
        }
    }
}
