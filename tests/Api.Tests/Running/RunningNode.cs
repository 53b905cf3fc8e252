using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionAuth.Api.Hosting;

namespace SessionAuth.Api.Tests.Running;

/// <summary>
/// A whole node in this process: real Kestrel on a free port, a real silo, a real file; only the clock can be
/// moved. Disposing it stops it; another may go on with the same directory.
/// </summary>
public sealed class RunningNode : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, RunningNode> s_running = new();

    private readonly WebApplication _app;
    private readonly bool _ownsDirectory;

    private RunningNode(
        WebApplication app,
        string directory,
        bool ownsDirectory,
        MovedClock clock,
        CapturedLog log
    )
    {
        _app = app;
        _ownsDirectory = ownsDirectory;
        Directory = directory;
        Clock = clock;
        Log = log;
        Uri listening = new(
            app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
        );
        Url = $"http://127.0.0.1:{listening.Port}";
        s_running[Url] = this;
    }

    public string Directory { get; }

    public string Url { get; }

    public MovedClock Clock { get; }

    public CapturedLog Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The node that a browser is at.</summary>
    public static RunningNode Of(BrowserClient browser) => s_running[browser.Url];

    /// <param name="settings">Settings beside the defaults, by their names in the environment.</param>
    /// <param name="directory">Data of an earlier node to go on with.</param>
    /// <param name="clock">The clock of an earlier node to go on with.</param>
    /// <param name="configure">Further services.</param>
    public static async Task<RunningNode> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        string? directory = null,
        MovedClock? clock = null,
        Action<IServiceCollection>? configure = null
    )
    {
        clock ??= new MovedClock();
        CapturedLog log = new(clock);
        string data =
            directory ?? System.IO.Directory.CreateTempSubdirectory("sessionauth-").FullName;
        Dictionary<string, string?> all = new() { ["DATA_DIR"] = data };
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
            all[key] = value;

        WebApplication app = Node.Build(
            ["--urls", "http://127.0.0.1:0"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(all);
                builder.Logging.ClearProviders().AddProvider(log);
                builder.Services.AddSingleton<TimeProvider>(clock);
                configure?.Invoke(builder.Services);
            }
        );
        try
        {
            await app.StartAsync();
            app.SayReady();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app, data, directory is null, clock, log);
    }

    /// <summary>A browser that has never been here.</summary>
    public BrowserClient NewBrowser(string? userAgent = null) => new(Url, userAgent);

    public async ValueTask DisposeAsync()
    {
        s_running.TryRemove(Url, out _);
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDirectory)
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
