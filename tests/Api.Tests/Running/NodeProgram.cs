using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Api.Tests.Running;

/// <summary>The program itself, in a process and a directory of its own.</summary>
public sealed class NodeProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output;

    private NodeProgram(Process process, List<string> output)
    {
        _process = process;
        _output = output;
    }

    /// <summary>Everything that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Runs it until it ends by itself; what it wrote, and its exit code.</summary>
    public static async Task<(int ExitCode, string Output)> RunToItsEnd(
        string directory,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        await using NodeProgram program = Launch(directory, environment, arguments);
        using CancellationTokenSource patience = new(StartsWithin);
        await program._process.WaitForExitAsync(patience.Token);
        program._process.WaitForExit();
        return (program._process.ExitCode, program.Output);
    }

    /// <summary>Runs it until it says that it is ready.</summary>
    public static async Task<NodeProgram> Start(
        string directory,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        NodeProgram program = Launch(directory, environment, arguments);
        Stopwatch clock = Stopwatch.StartNew();
        while (!program.Output.Contains("is ready", StringComparison.Ordinal))
        {
            Assert.False(program._process.HasExited, program.Output);
            Assert.True(clock.Elapsed < StartsWithin, program.Output);
            await Task.Delay(20);
        }

        return program;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    private static NodeProgram Launch(
        string directory,
        IReadOnlyDictionary<string, string> environment,
        string[] arguments
    )
    {
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "SessionAuth.Api.dll"), .. arguments]
        )
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in environment)
            start.Environment[key] = value;

        List<string> output = [];
        Process process = Process.Start(start)!;
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.Add(line.Data ?? "");
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, output);
    }
}
