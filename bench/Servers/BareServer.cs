using SessionAuth.Api.Sessions;

namespace SessionAuth.Bench.Servers;

/// <summary>The least that ASP.NET Core can do: no routing, no middleware, no log, the body of a check.</summary>
internal static class BareServer
{
    public static async Task Run()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using WebApplication app = builder.Build();
        app.Run(context =>
            context.Response.WriteAsJsonAsync(LadderSteps.Answer, SessionsJson.Default.SignedIn)
        );
        await ServedProcess.Serve(app);
    }
}
