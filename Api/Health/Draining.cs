using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Health;

/// <summary>
/// A node of a cluster that is to stop first says that it is not ready, and goes on serving until the load balancer
/// has noticed. Only then are requests finished, and then the silo leaves.
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
                : HealthCheckResult.Unhealthy("The node starts or stops.")
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
        "The node stops: it is not ready for more, and serves what still comes for {Time}"
    )]
    private partial void LogDraining(TimeSpan time);
}
