using System.Diagnostics;
using System.Globalization;
using SessionAuth.Bench.Servers;
using SessionAuth.Testing;

namespace SessionAuth.Bench;

/// <summary>A server in a process and a directory of its own, with its default settings.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private NodeProcess(Process process, string directory, string url)
    {
        _process = process;
        _directory = directory;
        Url = url;
    }

    public string Url { get; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the server program.</summary>
    public static async Task<NodeProcess> Start(IReadOnlyDictionary<string, string> settings)
    {
        NodeProcess node = await Start(["SessionAuth.Api.dll"], settings);
        // Its output is drained, so that it does not block on a full pipe.
        _ = node._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return node;
    }

    /// <summary>Starts one of this program's own servers.</summary>
    public static Task<NodeProcess> Serve(
        string server,
        IReadOnlyDictionary<string, string> settings
    ) => Start(["SessionAuth.Bench.dll", "serve", server], settings);

    /// <summary>The bytes that one of this program's own servers has allocated.</summary>
    public async Task<long> Allocated()
    {
        await _process.StandardInput.WriteLineAsync(ServedProcess.Allocated);
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ServedProcess.Allocated, StringComparison.Ordinal))
                return long.Parse(
                    line.AsSpan(ServedProcess.Allocated.Length),
                    CultureInfo.InvariantCulture
                );
        }

        throw new InvalidOperationException("The server has stopped.");
    }

    private static async Task<NodeProcess> Start(
        string[] program,
        IReadOnlyDictionary<string, string> settings
    )
    {
        int port = FreePort.Next();
        string directory = Directory.CreateTempSubdirectory("sessionauth-bench-").FullName;
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, program[0]), .. program[1..]]
        )
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PORT"] = $"{port}";
        foreach ((string key, string value) in settings)
            start.Environment[key] = value;

        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("is ready", StringComparison.Ordinal))
                return new(process, directory, $"http://localhost:{port}");
        }

        throw new InvalidOperationException("The server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
