using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Browser.Tests.Applications;

/// <summary>An application that is nothing but a page, at an origin of its own, with oidc-client-ts.</summary>
internal sealed class SinglePageApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SinglePageApplication(WebApplication app) => _app = app;

    /// <param name="origin">Its origin.</param>
    /// <param name="issuer">The address of the provider.</param>
    public static async Task<SinglePageApplication> Start(string origin, string issuer)
    {
        await ClientPackages.Install();
        string folder = Path.Combine(ClientPackages.Folder, "spa");
        string page = (await File.ReadAllTextAsync(Path.Combine(folder, "index.html"))).Replace(
            "{{issuer}}",
            issuer,
            StringComparison.Ordinal
        );
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(origin);
        WebApplication app = builder.Build();
        app.MapGet("/app.js", () => Script(Path.Combine(folder, "app.js")));
        app.MapGet(
            "/oidc-client-ts.min.js",
            () =>
                Script(
                    ClientPackages.FileOf("oidc-client-ts", "dist/browser/oidc-client-ts.min.js")
                )
        );
        app.MapFallback(() => TypedResults.Content(page, "text/html"));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static PhysicalFileHttpResult Script(string file) =>
        TypedResults.PhysicalFile(file, "text/javascript");
}
