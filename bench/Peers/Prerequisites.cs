using SessionAuth.Testing;

namespace SessionAuth.Bench.Peers;

/// <summary>What has to be installed for the comparison with peers; it installs nothing itself.</summary>
internal static class Prerequisites
{
    /// <summary>What to do for those that are missing.</summary>
    public static IReadOnlyList<string> Missing()
    {
        List<string> missing = [];
        string[] packages = [.. new[] { "wrk", RedisProcess.Program }.Where(IsMissing)];
        if (packages.Length > 0)
            missing.Add($"apt-get install {string.Join(' ', packages)}");
        if (IsMissing(NodePeer.Program))
            missing.Add("install Node.js, 20 or newer");
        if (!Directory.Exists(Path.Combine(Repository.Root, NodePeer.Directory, "node_modules")))
            missing.Add($"npm ci --prefix {NodePeer.Directory}");
        return missing;
    }

    private static bool IsMissing(string program) =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, program)));
}
