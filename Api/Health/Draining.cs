using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Health;

/// <summary>
/// Draining: before a node of a cluster stops, it reports not ready and keeps serving until the load balancer has
/// noticed. Then requests are completed, and the silo leaves the cluster.
/// </summary>
internal sealed partial class Draining(
    IOptions<ApiSettings> settings,
    TimeProvider clock,
    ILogger<Draining> logger
) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _started;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            _started
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The node is starting or stopping.")
        );

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _started = false;
        LogDraining(settings.Value.DrainTime);
        await Task.Delay(settings.Value.DrainTime, clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Draining: the node reports not ready, and keeps serving requests for {Time} before it stops"
    )]
    private partial void LogDraining(TimeSpan time);
}
