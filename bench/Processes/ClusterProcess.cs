using SessionAuth.Testing.Programs;

namespace SessionAuth.Bench.Processes;

/// <summary>A process of a cluster.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private ClusterProcess(RunningProgram program, string url) => (_program, Url) = (program, url);

    /// <summary>Its process id.</summary>
    public int Id => _program.Id;

    public string Url { get; }

    /// <param name="assembly">The program.</param>
    /// <param name="argument">Its argument; null for none.</param>
    /// <param name="directory">Its working directory.</param>
    /// <param name="port">Its <c>PORT</c>.</param>
    /// <param name="settings">Its other settings.</param>
    public static async Task<ClusterProcess> Start(
        string assembly,
        string? argument,
        string directory,
        int port,
        IReadOnlyDictionary<string, string> settings
    )
    {
        Dictionary<string, string> environment = new(settings)
        {
            ["PORT"] = $"{port}",
            // As in production: tests save the time of the compiler.
            ["DOTNET_TC_CallCounting"] = "1",
        };
        RunningProgram program = RunningProgram.StartOwn(
            assembly,
            directory,
            environment,
            argument is null ? [] : [argument]
        );
        try
        {
            await program.Says("is ready", within: TimeSpan.FromMinutes(5));
            return new(program, $"http://localhost:{port}");
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Suspends it.</summary>
    public Task Stop() => _program.Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public Task Resume() => _program.Signal("CONT");

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
