using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The command in a process of its own.</summary>
internal sealed class ImportProcess : IDisposable
{
    private static readonly TimeSpan s_ends = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private ImportProcess(Process process) => _process = process;

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>From its start to its end.</summary>
    public TimeSpan Took { get; private set; }

    public int ExitCode => _process.ExitCode;

    public static ImportProcess Start(
        string dataDirectory,
        IReadOnlyDictionary<string, string>? settings,
        params string[] arguments
    )
    {
        ProcessStartInfo start = new(
            // Whatever runs the tests may have Ctrl-C ignored, and what is ignored is inherited.
            "env",
            [
                "--default-signal=INT",
                "dotnet",
                Path.Combine(AppContext.BaseDirectory, "SessionAuth.Api.dll"),
                "import-node-auth",
                .. arguments,
            ]
        )
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATA_DIR"] = dataDirectory;
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        ImportProcess import = new(Process.Start(start)!);
        import._process.OutputDataReceived += (_, line) => Keep(import._output, line.Data);
        import._process.ErrorDataReceived += (_, line) => Keep(import._errors, line.Data);
        import._process.BeginOutputReadLine();
        import._process.BeginErrorReadLine();
        return import;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<ImportProcess> Run(string dataDirectory, params string[] arguments)
    {
        ImportProcess import = Start(dataDirectory, null, arguments);
        await import.Ended();
        return import;
    }

    public async Task Ended()
    {
        using CancellationTokenSource patience = new(s_ends);
        await _process.WaitForExitAsync(patience.Token);
        _process.WaitForExit();
        Took = _clock.Elapsed;
    }

    public async Task Kill()
    {
        _process.Kill();
        await Ended();
    }

    /// <summary>What Ctrl-C sends.</summary>
    public async Task Interrupt()
    {
        using Process kill = Process.Start(
            "kill",
            ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
        await Ended();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
            kept.AppendLine(line);
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept)
            return kept.ToString();
    }
}
