using SessionAuth.Bench.Processes;
using SessionAuth.Testing;

namespace SessionAuth.Bench.Peers;

/// <summary>A Redis of its own on loopback that writes nothing to the disk.</summary>
internal static class RedisProcess
{
    public const string Program = "redis-server";

    public static Task<MeasuredProcess> Start()
    {
        int port = FreePort.Next();
        return MeasuredProcess.Start(
            Program,
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            port,
            new Dictionary<string, string>(),
            "Ready to accept connections"
        );
    }

    /// <summary>Where it is, for the environment of a peer.</summary>
    public static IReadOnlyDictionary<string, string> Settings(MeasuredProcess redis) =>
        new Dictionary<string, string>
        {
            ["REDIS_URL"] = $"redis://127.0.0.1:{new Uri(redis.Url).Port}",
        };
}
