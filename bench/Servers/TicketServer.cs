using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using SessionAuth.Api.Sessions;

namespace SessionAuth.Bench.Servers;

/// <summary>
/// What a user would pick instead: the framework's cookie authentication with its tickets in Redis. It sets no security
/// headers.
/// </summary>
internal static class TicketServer
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static async Task Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddStackExchangeRedisCache(options =>
            options.Configuration = new Uri(builder.Configuration["REDIS_URL"]!).Authority
        );
        builder.Services.AddSingleton<ITicketStore, RedisTicketStore>();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(Scheme).AddCookie(Configure);
        builder
            .Services.AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<ITicketStore>((options, store) => options.SessionStore = store);
        await using WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/sign-in", SignIn);
        app.MapPost("/sign-out", context => context.SignOutAsync());
        app.MapGet("/test", Test).RequireAuthorization();
        await ServedProcess.Serve(app);
    }

    // An API has no page to sign in to.
    private static void Configure(CookieAuthenticationOptions options) =>
        options.Events.OnRedirectToLogin = redirect =>
        {
            redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };

    private static Task SignIn(HttpContext context) =>
        context.SignInAsync(
            new ClaimsPrincipal(
                new ClaimsIdentity([new("sub", NewId()), new("sid", NewId())], Scheme)
            )
        );

    private static Task Test(HttpContext context) =>
        context.Response.WriteAsJsonAsync(
            new SignedIn(
                context.User.FindFirstValue("sub") ?? "",
                context.User.FindFirstValue("sid") ?? ""
            ),
            SessionsJson.Default.SignedIn
        );

    private static string NewId() =>
        WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
}
