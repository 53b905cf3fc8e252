using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Http.Security;

/// <summary>Lets the UI's origin, and no other, call the API with cookies from a host of its own (ASVS 3.4.2).</summary>
internal sealed class UiCors(Origins origins) : ICorsPolicyProvider
{
    // Lazy, because the origin may be known only once the server listens.
    private readonly Lazy<CorsPolicy> _policy = new(() =>
        new CorsPolicyBuilder(origins.Ui.Value)
            .AllowCredentials()
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders(HeaderNames.ContentType, ShownUserCheck.Header)
            // Pages show times by the server's clock.
            .WithExposedHeaders(HeaderNames.RetryAfter, HeaderNames.Date)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            .Build()
    );

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) =>
        Task.FromResult<CorsPolicy?>(_policy.Value);
}
