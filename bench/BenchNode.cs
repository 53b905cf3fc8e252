using SessionAuth.Api.Hosting;
using SessionAuth.Api.Settings;

namespace SessionAuth.Bench;

/// <summary>
/// A whole node with its data in a directory of its own, and beside it, before anything of ours, an endpoint that
/// answers and does nothing else: what a check is compared with.
/// </summary>
internal sealed class BenchNode : IAsyncDisposable
{
    /// <summary>The path of the endpoint that does nothing.</summary>
    public const string Bare = "/bare";

    private readonly WebApplication _app;
    private readonly string _directory;

    private BenchNode(WebApplication app, string directory)
    {
        _app = app;
        _directory = directory;
        Url = app.Services.GetRequiredService<Origins>().Ui.Value;
        Grains = app.Services.GetRequiredService<IGrainFactory>();
    }

    public string Url { get; }

    public IGrainFactory Grains { get; }

    public static async Task<BenchNode> Start()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-bench-").FullName;
        WebApplication app = Node.Build(
            ["--urls", "http://127.0.0.1:0"],
            builder =>
            {
                builder.Configuration["DATA_DIR"] = directory;
                builder.Configuration["SIGN_IN_THROTTLE"] = "off";
                // Without a grace each refresh rotates: it is the durable write that is measured.
                builder.Configuration["REFRESH_GRACE"] = "00:00:00";
                builder.Services.AddTransient<IStartupFilter, BareEndpoint>();
                builder.Logging.ClearProviders();
            }
        );
        await app.StartAsync();
        return new(app, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class BareEndpoint : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, following) =>
                        context.Request.Path == Bare
                            ? context.Response.WriteAsJsonAsync(Answer)
                            : following(context)
                );
                next(app);
            };

        private static readonly object Answer = new { userId = "", sessionId = "" };
    }
}
