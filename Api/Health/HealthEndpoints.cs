using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionAuth.Api.Health;

/// <summary>Health checks for load balancers and monitoring.</summary>
internal static class HealthEndpoints
{
    // A disk that hangs is reported like a full one, before the load balancer's own timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Storage = "storage";

    /// <summary>Adds the health checks of a front end. A silo adds its own.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<StorageHealth>();
        services.AddHealthChecks().AddCheck<StorageHealth>(Storage, timeout: Patience);
        return services;
    }

    /// <summary>Adds draining for a node of a cluster.</summary>
    public static void AddDraining(this IServiceCollection services, TimeSpan drainTime)
    {
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<Draining>("draining");
        services.Configure<HostOptions>(host => host.ShutdownTimeout += drainTime);
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder health = app.MapGroup("/healthz").WithTags("Health");
        Map(health, "/live", () => Text(isHealthy: true))
            .WithSummary("Check liveness")
            .WithDescription("Whether the process is running.")
            .Produces<string>(contentType: "text/plain");
        Map(health, "/ready", Readiness)
            .WithSummary("Check readiness")
            .WithDescription("Whether the node accepts requests.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
        Map(health, "/storage", Storing)
            .AddEndpointFilter<DirectClientsOnly>()
            .WithSummary("Check storage")
            .WithDescription("Whether storage accepts writes. Not available through a proxy.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
    }

    // Some monitors use HEAD, to which the server sends no body (RFC 9110 §9.3.2).
    private static RouteHandlerBuilder Map(RouteGroupBuilder health, string path, Delegate check)
    {
        health.MapMethods(path, [HttpMethods.Head], check).ExcludeFromDescription();
        return health.MapGet(path, check);
    }

    // Storage does not count: a node without storage can still check the sessions in memory.
    private static Task<ContentHttpResult> Readiness(
        HealthCheckService checks,
        CancellationToken cancellationToken
    ) => Report(checks, check => check.Name != Storage, cancellationToken);

    private static Task<ContentHttpResult> Storing(
        HealthCheckService checks,
        CancellationToken cancellationToken
    ) => Report(checks, check => check.Name == Storage, cancellationToken);

    private static async Task<ContentHttpResult> Report(
        HealthCheckService checks,
        Func<HealthCheckRegistration, bool> which,
        CancellationToken cancellationToken
    )
    {
        HealthReport report = await checks.CheckHealthAsync(which, cancellationToken);
        return Text(report.Status == HealthStatus.Healthy);
    }

    private static ContentHttpResult Text(bool isHealthy) =>
        TypedResults.Text(
            isHealthy ? "Healthy" : "Unhealthy",
            statusCode: isHealthy
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable
        );
}
