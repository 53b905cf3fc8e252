using SessionAuth.Settings;

namespace SessionAuth.Hosting.CommandLine;

/// <summary>
/// The command line of a program that takes only options. Anything unknown is refused, because a mistyped command would
/// otherwise start a node.
/// </summary>
public static class ProgramArguments
{
    private static readonly string[] s_helpOptions = ["--help", "-h", "-?", "/?"];
    private static readonly string[] s_hostOptions =
    [
        "urls",
        "environment",
        "contentRoot",
        "webRoot",
        "applicationName",
    ];

    /// <summary>Prints the usage when help is requested or the command line is not valid.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">The usage text.</param>
    /// <returns>The exit code; null when the program is to start.</returns>
    public static int? Answer(IReadOnlyList<string> args, string usage)
    {
        if (AskForHelp(args))
        {
            Console.Out.WriteLine(usage);
            return 0;
        }
        if (Problem(args) is not { } problem)
            return null;

        Console.Error.WriteLine(problem);
        Console.Error.WriteLine(usage);
        return 2;
    }

    /// <summary>Whether help is requested.</summary>
    public static bool AskForHelp(IReadOnlyList<string> args) =>
        args is [var first, ..] && s_helpOptions.Contains(first);

    /// <summary>What is wrong with the command line, as a sentence; null when nothing is.</summary>
    /// <param name="args">Options, each <c>--name value</c> or <c>--name=value</c>.</param>
    private static string? Problem(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                return $"There is no command '{args[i]}'.";

            string[] parts = args[i][2..].Split('=', 2);
            if (!IsKnown(parts[0]))
                return $"There is no option --{parts[0]}.";
            if (parts.Length == 2)
                continue;
            i++;
            if (i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal))
                return $"The option --{parts[0]} needs a value.";
        }
        return null;
    }

    // Names with a colon are .NET's own settings, such as Logging:LogLevel:Default.
    private static bool IsKnown(string name) =>
        s_hostOptions.Contains(name, StringComparer.OrdinalIgnoreCase)
        || SettingNames.Known.Contains(name)
        || name.Contains(':', StringComparison.Ordinal);
}
