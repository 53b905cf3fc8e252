using SessionAuth.Api.Cookies;
using StackExchange.Redis;

namespace SessionAuth.Bench.Servers;

/// <summary>
/// What a team would write itself: a small checker for a proxy, which looks the cookie up in Redis.
/// </summary>
internal static class CheckerServer
{
    public const string Cookie = "sessionauth";

    public static async Task Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using WebApplication app = builder.Build();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(
            new Uri(app.Configuration["REDIS_URL"]!).Authority
        );
        IDatabase redis = connection.GetDatabase();
        app.MapPost(
            "/sessions",
            async (HttpRequest request) =>
            {
                using StreamReader lines = new(request.Body);
                while (await lines.ReadLineAsync() is { } cookie)
                    await redis.StringSetAsync(cookie, "a user");
            }
        );
        app.MapGet(
            "/authz/forward-auth",
            async (HttpContext context) =>
            {
                string cookie = CookieHeader
                    .Find(context.Request.Headers.Cookie, Cookie, out _)
                    .ToString();
                string? user = await redis.StringGetAsync(cookie);
                context.Response.Headers["Remote-User"] = user;
                context.Response.StatusCode = user is null
                    ? StatusCodes.Status401Unauthorized
                    : StatusCodes.Status200OK;
            }
        );
        await ServedProcess.Serve(app);
    }
}
