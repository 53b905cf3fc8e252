using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Bench;

/// <summary>The server program in a process and a directory of its own, with its default settings.</summary>
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

    public static async Task<NodeProcess> Start(IReadOnlyDictionary<string, string> settings)
    {
        int port = FreePort();
        string directory = Directory.CreateTempSubdirectory("sessionauth-bench-").FullName;
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SessionAuth.Api.dll")]
        )
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        start.Environment["PORT"] = $"{port}";
        foreach ((string key, string value) in settings)
            start.Environment[key] = value;

        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("is ready", StringComparison.Ordinal))
                continue;

            // Its output is drained, so that it does not block on a full pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new(process, directory, $"http://localhost:{port}");
        }

        throw new InvalidOperationException("The node did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
