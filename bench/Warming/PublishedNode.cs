using SessionAuth.Bench.Processes;
using SessionAuth.Testing;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Bench.Warming;

/// <summary>The server as it is published, with data that outlive its process.</summary>
internal sealed class PublishedNode : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory(
        "sessionauth-bench-"
    );
    private readonly int _port = FreePort.Next();

    private PublishedNode() { }

    private string Program => Path.Combine(_directory.FullName, "program");

    public static async Task<PublishedNode> Publish()
    {
        PublishedNode node = new();
        await using RunningProgram publish = RunningProgram.Start(
            "dotnet",
            ["publish", Path.Combine(Repository.Root, "Api"), "--output", node.Program],
            Repository.Root,
            new Dictionary<string, string>()
        );
        await publish.Ends(within: TimeSpan.FromMinutes(10));
        if (publish.ExitCode != 0)
            throw new InvalidOperationException(publish.Output);
        return node;
    }

    public Task<MeasuredProcess> Start() =>
        MeasuredProcess.Start(
            Path.Combine(Program, "SessionAuth.Api"),
            [],
            _port,
            new Dictionary<string, string>(BenchSettings.All)
            {
                ["DATA_DIR"] = Path.Combine(_directory.FullName, "data"),
            },
            "is ready"
        );

    public void Dispose() => _directory.Delete(recursive: true);
}
