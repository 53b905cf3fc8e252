using Microsoft.AspNetCore.Cors.Infrastructure;
using SessionAuth.Api.Http.Json;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Security;

namespace SessionAuth.Api.Http;

/// <summary>Services for all calls: strict JSON, problem details, CORS and the security log.</summary>
internal static class HttpFeature
{
    public static IServiceCollection AddHttpCalls(this IServiceCollection services)
    {
        services.AddRouting();
        return services
            .AddStrictJson()
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .AddExceptionHandler<ProblemExceptionHandler>()
            .AddSingleton<ICorsPolicyProvider, CorsPolicies>()
            .AddCors()
            .AddSingleton<SecurityLog>();
    }
}
