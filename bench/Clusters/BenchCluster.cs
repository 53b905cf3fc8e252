using System.Security.Cryptography;
using SessionAuth.MongoServer;
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
    private readonly List<ClusterProcess> _processes = [];

    private BenchCluster(MongoProcess mongo)
    {
        _mongo = mongo;
        Settings = new Dictionary<string, string>
        {
            ["MONGO_URL"] = mongo.ConnectionString,
            ["MONGO_DATABASE"] = "bench",
            ["COOKIE_SIGNATURE"] = Secret(),
            ["JWT_SIGNATURE"] = Secret(),
            ["DATA_KEYS"] = Secret(),
            ["SIGN_IN_THROTTLE"] = "off",
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

    public async ValueTask DisposeAsync()
    {
        // Front ends first: they would look for their silos.
        foreach (ClusterProcess process in Enumerable.Reverse(_processes))
            await process.DisposeAsync();
        await _mongo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
