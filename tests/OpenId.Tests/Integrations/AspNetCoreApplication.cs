using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>An ASP.NET Core application that signs people in with the platform's own middleware.</summary>
internal sealed class AspNetCoreApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AspNetCoreApplication(WebApplication app) => _app = app;

    /// <summary>Starts it.</summary>
    /// <param name="origin">Its address, without a slash at the end.</param>
    /// <param name="issuer">The address of the provider.</param>
    /// <param name="secret">The secret of the client <c>shop</c>.</param>
    /// <param name="more">More options.</param>
    public static async Task<AspNetCoreApplication> Start(
        string origin,
        string issuer,
        string secret,
        Action<OpenIdConnectOptions>? more = null
    )
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(origin);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder
            .Services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddOpenIdConnect(options =>
            {
                options.Authority = issuer;
                options.RequireHttpsMetadata = false;
                options.ClientId = "shop";
                options.ClientSecret = secret;
                options.ResponseType = "code";
                options.ResponseMode = "query";
                options.Scope.Clear();
                foreach (string scope in (string[])["openid", "email", "offline_access"])
                    options.Scope.Add(scope);
                options.MapInboundClaims = false;
                options.SaveTokens = true;
                more?.Invoke(options);
            });
        builder.Services.AddAuthorization();
        WebApplication app = builder.Build();
        app.UseAuthentication().UseAuthorization();
        app.MapGet("/", (ClaimsPrincipal user) => Claims(user)).RequireAuthorization();
        app.MapGet("/tokens", Tokens).RequireAuthorization();
        app.MapGet("/refresh", Refresh).RequireAuthorization();
        app.MapGet(
            "/sign-out",
            () =>
                TypedResults.SignOut(
                    new() { RedirectUri = "/bye" },
                    [
                        CookieAuthenticationDefaults.AuthenticationScheme,
                        OpenIdConnectDefaults.AuthenticationScheme,
                    ]
                )
        );
        app.MapGet("/bye", () => "Bye");
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Dictionary<string, string> Claims(ClaimsPrincipal user) =>
        user
            .Claims.GroupBy(claim => claim.Type)
            .ToDictionary(
                claims => claims.Key,
                claims => string.Join(' ', claims.Select(claim => claim.Value))
            );

    private static async Task<Dictionary<string, string?>> Tokens(HttpRequest request) =>
        (await request.HttpContext.AuthenticateAsync())
            .Properties!.GetTokens()
            .ToDictionary(token => token.Name, token => (string?)token.Value);

    private static async Task<IResult> Refresh(
        HttpContext context,
        IOptionsMonitor<OpenIdConnectOptions> monitor
    )
    {
        OpenIdConnectOptions options = monitor.Get(OpenIdConnectDefaults.AuthenticationScheme);
        AuthenticateResult signedIn = await context.AuthenticateAsync();
        AuthenticationProperties properties = signedIn.Properties!;
        CancellationToken aborted = context.RequestAborted;
        string endpoint = (
            await options.ConfigurationManager!.GetConfigurationAsync(aborted)
        ).TokenEndpoint;
        using FormUrlEncodedContent form = new(
            new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = properties.GetTokenValue("refresh_token")!,
                ["client_id"] = options.ClientId!,
                ["client_secret"] = options.ClientSecret!,
            }
        );
        using HttpResponseMessage answer = await options.Backchannel.PostAsync(
            new Uri(endpoint),
            form,
            aborted
        );
        if (!answer.IsSuccessStatusCode)
        {
            await context.SignOutAsync();
            return TypedResults.Text(await answer.Content.ReadAsStringAsync(aborted));
        }

        await using Stream body = await answer.Content.ReadAsStreamAsync(aborted);
        using JsonDocument tokens = await JsonDocument.ParseAsync(body, cancellationToken: aborted);
        foreach (string name in (string[])["access_token", "refresh_token", "id_token"])
            properties.UpdateTokenValue(name, tokens.RootElement.GetProperty(name).GetString()!);
        properties.UpdateTokenValue(
            "expires_at",
            TimeProvider
                .System.GetUtcNow()
                .AddSeconds(tokens.RootElement.GetProperty("expires_in").GetInt32())
                .ToString("o", CultureInfo.InvariantCulture)
        );
        await context.SignInAsync(signedIn.Principal!, properties);
        return TypedResults.Text("refreshed");
    }
}
