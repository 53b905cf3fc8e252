using System.Diagnostics;
using System.Globalization;
using SessionAuth.Bench.Servers;
using SessionAuth.Testing;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Bench.Processes;

/// <summary>A server in a process and a directory of its own.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;
    private readonly bool _answersQuestions;

    private MeasuredProcess(Process process, string directory, string url, bool answersQuestions)
    {
        _process = process;
        _directory = directory;
        _answersQuestions = answersQuestions;
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

    /// <summary>The memory that it has, in MiB.</summary>
    public double Mib
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>Starts the server program.</summary>
    public static Task<MeasuredProcess> StartNode(IReadOnlyDictionary<string, string> settings) =>
        StartOwn([NodeProgram.Assembly], FreePort.Next(), settings, answersQuestions: false);

    /// <summary>Starts one of this program's own servers.</summary>
    /// <param name="server">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="port">Its port; null for any.</param>
    public static Task<MeasuredProcess> Serve(
        string server,
        IReadOnlyDictionary<string, string> settings,
        int? port = null
    ) =>
        StartOwn(
            ["SessionAuth.Bench.dll", "serve", server],
            port ?? FreePort.Next(),
            settings,
            answersQuestions: true
        );

    /// <summary>Starts any program that serves at the <c>PORT</c> in its environment.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="port">The port.</param>
    /// <param name="settings">Further variables of its environment.</param>
    /// <param name="ready">What it writes when it serves.</param>
    public static Task<MeasuredProcess> Start(
        string program,
        IEnumerable<string> arguments,
        int port,
        IReadOnlyDictionary<string, string> settings,
        string ready
    ) => Start(program, arguments, port, settings, ready, answersQuestions: false);

    /// <summary>The bytes that it has allocated; null if it does not say.</summary>
    public async Task<long?> Allocated()
    {
        if (!_answersQuestions)
            return null;

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

    private static Task<MeasuredProcess> StartOwn(
        string[] program,
        int port,
        IReadOnlyDictionary<string, string> settings,
        bool answersQuestions
    ) =>
        Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, program[0]), .. program[1..]],
            port,
            settings,
            "is ready",
            answersQuestions
        );

    private static async Task<MeasuredProcess> Start(
        string program,
        IEnumerable<string> arguments,
        int port,
        IReadOnlyDictionary<string, string> settings,
        string ready,
        bool answersQuestions
    )
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-bench-").FullName;
        ProcessStartInfo start = new(program, arguments)
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
            if (!line.Contains(ready, StringComparison.Ordinal))
                continue;
            if (!answersQuestions)
            {
                // Its output is drained, so that it does not block on a full pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            }
            return new(process, directory, $"http://localhost:{port}", answersQuestions);
        }

        throw new InvalidOperationException($"{program} did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
