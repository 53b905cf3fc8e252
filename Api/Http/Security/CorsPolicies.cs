using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using SessionAuth.Api.Settings;
using SessionAuth.Domain.Applications;
using SessionAuth.OpenId.Hosting;
using SessionAuth.Registry.Copies;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// CORS policies: only the UI's origin may call the API with credentials (ASVS 3.4.2). Public clients may call the
/// provider's endpoints for them from their registered origins, without.
/// </summary>
internal sealed class CorsPolicies(Origins origins, RegistryCopy registry) : ICorsPolicyProvider
{
    // Lazy, because the origin may be known only once the server is listening.
    private readonly Lazy<CorsPolicy> _policy = new(() =>
        new CorsPolicyBuilder(origins.Ui.Value)
            .AllowCredentials()
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders(HeaderNames.ContentType, SessionUserCheck.Header)
            // Pages show times relative to the server's clock.
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.Date)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            .Build()
    );

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
        Task.FromResult(
            !OpenIdPaths.TakesForms(context.Request.Path)
            && !OpenIdPaths.AllowsOrigins(context.Request.Path)
                ? _policy.Value
                : OfClient(context)
        );

    private CorsPolicy? OfClient(HttpContext context) =>
        OpenIdPaths.AllowsOrigins(context.Request.Path)
        && context.Request.Headers.Origin is [{ } origin]
        && registry.Current.Applications.All.Any(application =>
            application.Kind == ApplicationKind.Public && application.Origins.Contains(origin)
        )
            ? new CorsPolicyBuilder(origin)
                .WithMethods(HttpMethods.Get, HttpMethods.Post)
                .WithHeaders(HeaderNames.ContentType, HeaderNames.Authorization)
                .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate)
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
                .Build()
            : null;
}
