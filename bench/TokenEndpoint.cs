using SessionAuth.Api.Cookies;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Bench;

/// <summary>
/// Issues the access token of any session, before all middleware: sign-ins hash passwords, which takes too long for very
/// many sessions.
/// </summary>
internal sealed class TokenEndpoint : IStartupFilter
{
    private const string Path = "/token";

    /// <summary>The cookie of a session, as a browser sends it.</summary>
    public static async Task<string> Cookie(HttpClient http, string session, string user)
    {
        using HttpResponseMessage response = await http.GetAsync(
            $"{Path}?session={session}&user={user}"
        );
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';', 2)[0];
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, following) =>
                {
                    if (context.Request.Path != Path)
                        return following(context);

                    Issue(context);
                    return context.Response.WriteAsync("");
                }
            );
            next(app);
        };

    private static void Issue(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        SessionTokens tokens = new(
            SessionId.Parse(query["session"].ToString()),
            UserId.Parse(query["user"].ToString()),
            Generation: 1,
            DateTimeOffset.MaxValue,
            Persistent: true
        );
        context.RequestServices.GetRequiredService<AccessCookie>().Set(context.Response, tokens);
    }
}
