using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Security;

/// <summary>CORS policy that allows only the UI's origin to call the API with credentials (ASVS 3.4.2).</summary>
internal sealed class UiCors(Origins origins) : ICorsPolicyProvider
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
        Task.FromResult<CorsPolicy?>(_policy.Value);
}
