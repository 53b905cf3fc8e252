using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionAuth.Api.Health;

/// <summary>Whether the process lives, and whether it can serve: for load balancers.</summary>
internal static class HealthEndpoints
{
    // A disk that hangs is as one that is full: a load balancer waits no longer for its answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StorageReadiness>("storage", timeout: Patience);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder health = app.MapGroup("/healthz").WithTags("Health");
        health
            .MapGet("/live", () => Text(isHealthy: true))
            .WithSummary("Whether the process lives.")
            .Produces<string>(contentType: "text/plain");
        health
            .MapGet("/ready", Readiness)
            .WithSummary("Whether changes can be stored.")
            .Produces<string>(contentType: "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
    }

    private static async Task<ContentHttpResult> Readiness(
        HealthCheckService checks,
        CancellationToken cancellationToken
    )
    {
        HealthReport report = await checks.CheckHealthAsync(cancellationToken);
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
