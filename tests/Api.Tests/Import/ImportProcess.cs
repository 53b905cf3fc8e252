using System.Diagnostics;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Api.Tests.Import;

/// <summary>The import command in its own process.</summary>
internal sealed class ImportProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private readonly RunningProgram _program;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private ImportProcess(RunningProgram program) => _program = program;

    public string Output => _program.StandardOutput;

    public string Errors => _program.StandardError;

    /// <summary>The time from its start to its end.</summary>
    public TimeSpan Duration { get; private set; }

    public int ExitCode => _program.ExitCode;

    public static ImportProcess Start(
        string dataDirectory,
        IReadOnlyDictionary<string, string>? settings,
        params string[] arguments
    ) =>
        new(
            RunningProgram.Start(
                // The test runner may ignore Ctrl-C, and child processes inherit that.
                "env",
                [
                    "--default-signal=INT",
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, NodeProgram.Assembly),
                    "import-node-auth",
                    .. arguments,
                ],
                Path.GetTempPath(),
                new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
                {
                    ["DATA_DIR"] = dataDirectory,
                }
            )
        );

    /// <summary>Runs the command to its end.</summary>
    public static async Task<ImportProcess> Run(string dataDirectory, params string[] arguments)
    {
        ImportProcess import = Start(dataDirectory, null, arguments);
        await import.Ended();
        return import;
    }

    public async Task Ended()
    {
        await _program.Ends(s_timeout);
        Duration = _clock.Elapsed;
    }

    public async Task Kill()
    {
        await _program.Kill();
        await Ended();
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public async Task Interrupt()
    {
        await _program.Signal("INT");
        await Ended();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
