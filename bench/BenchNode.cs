using SessionAuth.Api.Hosting;
using SessionAuth.Api.Settings;
using SessionAuth.Bench.Sessions;
using SessionAuth.Checks;
using SessionAuth.Domain.Leases;

namespace SessionAuth.Bench;

/// <summary>A whole node in this process, with a data directory of its own.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;

    private BenchNode(WebApplication app, string directory)
    {
        _app = app;
        _directory = directory;
        Url = app.Services.GetRequiredService<Origins>().Ui.Value;
        Grains = app.Services.GetRequiredService<IGrainFactory>();
        Holder = app.Services.GetRequiredService<HeldLeases>().Id;
    }

    public string Url { get; }

    public IGrainFactory Grains { get; }

    /// <summary>The front end, as holder of copies.</summary>
    public HolderId Holder { get; }

    public static async Task<BenchNode> Start()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-bench-").FullName;
        WebApplication app = Node.Build(
            ["--urls", "http://127.0.0.1:0"],
            builder =>
            {
                builder.Configuration["DATA_DIR"] = directory;
                builder.Configuration["SIGN_IN_THROTTLE"] = "off";
                // Without a grace each refresh rotates, so that the durable write is measured.
                builder.Configuration["REFRESH_GRACE"] = "00:00:00";
                // No write-behind while something is measured.
                builder.Configuration["COARSE_WRITE_INTERVAL"] = "01:00:00";
                builder.Services.AddTransient<IStartupFilter, TokenEndpoint>();
                builder.Logging.ClearProviders();
            }
        );
        await app.StartAsync();
        return new(app, directory);
    }

    /// <summary>The heap of this process.</summary>
    public Task<long> Heap() =>
        HeapInUse.Measure(_app.Services.GetRequiredService<IActivationWorkingSet>());

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
