using System.CommandLine;
using SessionAuth.Cli.Applications;
using SessionAuth.Cli.Import;
using SessionAuth.Cli.Keys;
using SessionAuth.Settings;

namespace SessionAuth.Cli;

/// <summary>
/// The commands of the program, which call the grains and end. A new command is one more line here.
/// </summary>
public static class Commands
{
    private const int InvalidCommandLine = 2;

    private static readonly RootCommand s_root = CommandUsage.WithOwnHelp([
        ImportCommand.Create(),
        AppsCommand.Create(),
        KeysCommand.Create(),
    ]);

    /// <summary>One line of usage for each command.</summary>
    public static IReadOnlyList<string> Usages =>
        [.. s_root.Subcommands.SelectMany(CommandUsage.Lines)];

    /// <summary>Runs the command that the command line names.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code; null when the first argument is not a command.</returns>
    /// <exception cref="SettingsException">A setting is not valid.</exception>
    public static async Task<int?> Run(IReadOnlyList<string> args)
    {
        Command? command = s_root.Subcommands.SingleOrDefault(known =>
            args is [var first, ..] && first == known.Name
        );
        if (command is null)
            return null;

        // Values that begin with @ are not response files.
        ParseResult parsed = s_root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            await CommandUsage.WriteProblems(parsed, Console.Error);
            return InvalidCommandLine;
        }

        EnvironmentFile.Load();
        // The host handles signals and shuts down gracefully; Program reports exceptions.
        return await parsed.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
        );
    }
}
