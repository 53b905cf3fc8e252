using SessionAuth.Bench.Processes;
using SessionAuth.Testing;

namespace SessionAuth.Bench.Peers;

/// <summary>A peer that is a program of Node.js, in one process: it uses one core at most.</summary>
internal static class NodePeer
{
    public const string Program = "node";

    /// <summary>Where the programs and their packages are, from the root of the repository.</summary>
    public const string Directory = "bench/Peers";

    /// <param name="name">Its file, without the extension.</param>
    /// <param name="settings">Its environment.</param>
    public static Task<MeasuredProcess> Start(
        string name,
        IReadOnlyDictionary<string, string> settings
    ) =>
        MeasuredProcess.Start(
            Program,
            [Path.Combine(Repository.Root, Directory, $"{name}.mjs")],
            FreePort.Next(),
            new Dictionary<string, string>(settings) { ["NODE_ENV"] = "production" },
            "is ready"
        );
}
