using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionAuth.Api.Hosting;
using SessionAuth.Grains.Passwords;
using SessionAuth.KilledNode;

namespace SessionAuth.Api.Tests.Running;

/// <summary>
/// A complete node in this process: Kestrel on a free port, a silo and an SQLite file. Only the clock and, unless asked
/// for, the cost of hashes are not real. Another node can be started on the same directory after this one is disposed.
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

    /// <summary>The node that a browser talks to.</summary>
    public static RunningNode Of(BrowserClient browser) => s_running[browser.Url];

    /// <param name="settings">Settings that differ from the defaults, by their environment names.</param>
    /// <param name="directory">The data of an earlier node, if any.</param>
    /// <param name="clock">The clock of an earlier node, if any.</param>
    /// <param name="configure">Further services.</param>
    /// <param name="realHashes">
    /// Whether passwords are hashed with the parameters of the settings: for tests of hashing, of its queue and of times.
    /// </param>
    public static async Task<RunningNode> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        string? directory = null,
        MovedClock? clock = null,
        Action<IServiceCollection>? configure = null,
        bool realHashes = false
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
                // Many tests make nothing but failed attempts, which would wait for all other tests.
                builder.Services.PostConfigure<PasswordOptions>(options =>
                    options.DefersUnderAttack = false
                );
                if (!realHashes)
                    builder.Services.AddQuickHashes();
                configure?.Invoke(builder.Services);
            }
        );
        try
        {
            await app.StartAsync();
            app.ReportReady();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app, data, directory is null, clock, log);
    }

    /// <summary>A browser without cookies.</summary>
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
