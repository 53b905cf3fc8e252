using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionAuth.Providers;

namespace SessionAuth.Api.Health;

/// <summary>Ready means: a change can be stored.</summary>
internal sealed class StorageReadiness(IStorageProbe storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        await storage.CanWriteAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("Storage takes no writes.");
}
