using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Security;

/// <summary>Lets the UI's origin, and no other, call the API with cookies from a host of its own (ASVS 3.4.2).</summary>
internal sealed class UiCors(Origins origins) : IConfigureOptions<CorsOptions>
{
    public void Configure(CorsOptions options) =>
        options.AddDefaultPolicy(policy =>
            policy
                .WithOrigins(origins.Ui.Value)
                .AllowCredentials()
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete)
                .WithHeaders(HeaderNames.ContentType)
                .WithExposedHeaders(HeaderNames.RetryAfter)
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
        );
}
