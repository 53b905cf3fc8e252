using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace SessionAuth.Api.Health;

/// <summary>Whether the process lives, and whether it can serve: for load balancers.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    // A disk that hangs is as one that is full: a load balancer waits no longer for its answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services
            .AddHealthChecks()
            .AddCheck<StorageReadiness>("storage", tags: [Ready], timeout: Patience);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/healthz/live", Checks(_ => false)).WithMetadata(GetOnly);
        app.MapHealthChecks("/healthz/ready", Checks(check => check.Tags.Contains(Ready)))
            .WithMetadata(GetOnly);
    }

    private static readonly HttpMethodMetadata GetOnly = new([HttpMethods.Get]);

    private static HealthCheckOptions Checks(
        Func<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration, bool> which
    ) => new() { Predicate = which };
}
