using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionAuth.Api.Sessions;

namespace SessionAuth.Bench.Servers;

/// <summary>
/// What a user would pick instead: the framework's <c>JwtBearer</c> with a signed token in a cookie. A session cannot be
/// revoked before its token expires. It sets no security headers.
/// </summary>
internal static class JwtServer
{
    private const string CookieName = "jwt";
    private const string Party = "bench";

    // Of a measurement on this machine only.
    private static readonly SymmetricSecurityKey s_key = new(
        Encoding.ASCII.GetBytes("a key of 32 bytes for the bench.")
    );

    /// <summary>The cookie of any user, as a browser sends it.</summary>
    public static string Cookie(string user, string session)
    {
        string token = new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Party,
                Audience = Party,
                Expires = DateTime.UtcNow.AddDays(1),
                Claims = new Dictionary<string, object> { ["sub"] = user, ["sid"] = session },
                SigningCredentials = new(s_key, SecurityAlgorithms.HmacSha256),
            }
        );
        return $"{CookieName}={token}";
    }

    public static async Task Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddAuthorization();
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(Configure);
        await using WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/test", Test).RequireAuthorization();
        await ServedProcess.Serve(app);
    }

    private static void Configure(JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new()
        {
            ValidIssuer = Party,
            ValidAudience = Party,
            IssuerSigningKey = s_key,
        };
        options.Events = new()
        {
            OnMessageReceived = message =>
            {
                message.Token = message.Request.Cookies[CookieName];
                return Task.CompletedTask;
            },
        };
    }

    private static Task Test(HttpContext context) =>
        context.Response.WriteAsJsonAsync(
            new SignedIn(
                context.User.FindFirstValue("sub") ?? "",
                context.User.FindFirstValue("sid") ?? ""
            ),
            SessionsJson.Default.SignedIn
        );
}
