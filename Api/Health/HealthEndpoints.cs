using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionAuth.Api.Health;

/// <summary>Whether the process lives, and whether it can serve: for load balancers.</summary>
internal static class HealthEndpoints
{
    // A disk that hangs is as one that is full: a load balancer waits no longer for its answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Storage = "storage";

    /// <summary>Adds the checks; those of a silo come with it.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<StorageHealth>();
        services.AddHealthChecks().AddCheck<StorageHealth>(Storage, timeout: Patience);
        return services;
    }

    /// <summary>A node of a cluster, whose load balancer is told before it stops.</summary>
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
            .WithSummary("Whether the process lives.")
            .Produces<string>(contentType: "text/plain");
        Map(health, "/ready", Readiness)
            .WithSummary("Whether requests should be sent here.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
        Map(health, "/storage", Storing)
            .AddEndpointFilter<NotForTheProxied>()
            .WithSummary("Whether changes can be stored.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
    }

    // Monitors that want the status alone ask with HEAD, to which the server sends no body (RFC 9110 §9.3.2).
    private static RouteHandlerBuilder Map(RouteGroupBuilder health, string path, Delegate check)
    {
        health.MapMethods(path, [HttpMethods.Head], check).ExcludeFromDescription();
        return health.MapGet(path, check);
    }

    // Sessions in memory are checked while storage is away: a node that cannot store is still wanted.
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
