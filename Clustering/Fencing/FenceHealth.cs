using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionAuth.Clustering.Fencing;

/// <summary>Reports a silo that is not confirmed as unhealthy: its grains do not answer.</summary>
internal sealed class FenceHealth(Fence fence) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            fence.IsConfirmed
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The silo is not confirmed.")
        );
}
