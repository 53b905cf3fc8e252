using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>
/// An API that verifies access tokens and assertions with the platform's own middleware. Of the provider it knows the
/// address alone.
/// </summary>
internal sealed class ResourceServer : IAsyncDisposable
{
    /// <summary>The scheme of access tokens, and the path that takes them.</summary>
    public const string AccessTokens = "access-tokens";

    /// <summary>The scheme of assertions, and the path that takes them.</summary>
    public const string Assertions = "assertions";

    public const string AssertionHeader = "X-SessionAuth-Assertion";

    private readonly WebApplication _app;

    private ResourceServer(WebApplication app, string origin) => (_app, Origin) = (app, origin);

    public string Origin { get; }

    /// <summary>Starts it.</summary>
    /// <param name="issuer">The address of the provider.</param>
    /// <param name="audience">The audience of its access tokens.</param>
    /// <param name="origin">The origin for which it takes assertions.</param>
    public static async Task<ResourceServer> Start(string issuer, string audience, string origin)
    {
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder
            .Services.AddAuthentication()
            .AddJwtBearer(
                AccessTokens,
                options =>
                {
                    options.Authority = issuer;
                    options.RequireHttpsMetadata = false;
                    options.Audience = audience;
                    options.MapInboundClaims = false;
                    options.TokenValidationParameters.ValidTypes = ["at+jwt"];
                }
            )
            .AddJwtBearer(
                Assertions,
                options =>
                {
                    options.Authority = issuer;
                    options.RequireHttpsMetadata = false;
                    options.Audience = origin;
                    options.MapInboundClaims = false;
                    options.TokenValidationParameters.ValidTypes = ["sessionauth-assertion+jwt"];
                    options.TokenValidationParameters.ValidAlgorithms = ["ES256"];
                    options.Events = new()
                    {
                        OnMessageReceived = context =>
                        {
                            context.Token = context.Request.Headers[AssertionHeader];
                            return Task.CompletedTask;
                        },
                    };
                }
            );
        builder.Services.AddAuthorization();
        WebApplication app = builder.Build();
        app.UseAuthentication().UseAuthorization();
        Serve(app, AccessTokens);
        Serve(app, Assertions);
        await app.StartAsync();
        return new(app, url);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Serve(WebApplication app, string scheme) =>
        app.MapGet("/" + scheme, (ClaimsPrincipal user) => user.FindFirstValue("sub"))
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = scheme });
}
