using System.Security.Cryptography;
using SessionAuth.Bench.Processes;
using SessionAuth.MongoServer;
using SessionAuth.Silo;
using SessionAuth.Testing;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Bench.Clusters;

/// <summary>A cluster whose silos and front ends are processes of their own, with a database of its own.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private readonly MongoProcess _mongo;
    private readonly Lock _lock = new();
    private readonly string _directory = Directory
        .CreateTempSubdirectory("sessionauth-bench-")
        .FullName;
    private readonly List<IAsyncDisposable> _processes = [];

    private BenchCluster(MongoProcess mongo)
    {
        _mongo = mongo;
        Settings = new Dictionary<string, string>(BenchSettings.All)
        {
            ["MONGO_URL"] = mongo.ConnectionString,
            ["MONGO_DATABASE"] = "bench",
            ["COOKIE_SIGNATURE"] = Secret(),
            ["JWT_SIGNATURE"] = Secret(),
            ["DATA_KEYS"] = Secret(),
            // No write-behind while something is measured.
            ["COARSE_WRITE_INTERVAL"] = "01:00:00",
        };
    }

    /// <summary>What all its processes have in common.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<BenchCluster> Start() => new(await MongoProcess.Start());

    /// <summary>Starts a process of it.</summary>
    /// <param name="role">Its <c>ORLEANS_ROLE</c>.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="argument">Its argument.</param>
    public async Task<ClusterProcess> Add(
        string role,
        string assembly = NodeProgram.Assembly,
        string? argument = null
    )
    {
        ClusterProcess process = await ClusterProcess.Start(
            assembly,
            argument,
            _directory,
            FreePort.ForNode(),
            new Dictionary<string, string>(Settings) { ["ORLEANS_ROLE"] = role }
        );
        lock (_lock)
            _processes.Add(process);
        return process;
    }

    /// <summary>Starts a process of it with the steps of the ladder as further calls.</summary>
    /// <param name="role">Its <c>ORLEANS_ROLE</c>.</param>
    public async Task<MeasuredProcess> Serve(string role)
    {
        MeasuredProcess process = await MeasuredProcess.Serve(
            "node",
            new Dictionary<string, string>(Settings) { ["ORLEANS_ROLE"] = role },
            FreePort.ForNode()
        );
        lock (_lock)
            _processes.Add(process);
        return process;
    }

    /// <summary>Connects this process to it.</summary>
    public async Task<IHost> Connect()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
        );
        builder.Configuration["ORLEANS_ROLE"] = "client";
        builder.Logging.ClearProviders();
        builder.AddClusterClient(Deployment.Read(builder.Configuration));
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        // Front ends first: they would look for their silos.
        foreach (IAsyncDisposable process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        await _mongo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
