namespace SessionAuth.Testing.Programs;

/// <summary>A node as people run it, in a process and a directory of its own.</summary>
public static class NodeProgram
{
    public const string Assembly = "SessionAuth.Api.dll";

    /// <summary>Runs it until it says that it is ready.</summary>
    public static async Task<RunningProgram> Start(
        string directory,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        RunningProgram program = RunningProgram.StartOwn(
            Assembly,
            directory,
            environment,
            arguments
        );
        try
        {
            await program.Says("is ready");
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it until it ends by itself; its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunToItsEnd(
        string directory,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        await using RunningProgram program = RunningProgram.StartOwn(
            Assembly,
            directory,
            environment,
            arguments
        );
        await program.Ends();
        return (program.ExitCode, program.Output);
    }
}
