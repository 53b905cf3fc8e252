namespace SessionAuth.Silo.Hosting;

/// <summary>
/// The command line of a program that takes options alone. What it does not know is refused: a mistyped word would start
/// a node in silence.
/// </summary>
public static class ProgramArguments
{
    private static readonly string[] s_helps = ["--help", "-h", "-?", "/?"];
    private static readonly string[] s_hosts =
    [
        "urls",
        "environment",
        "contentRoot",
        "webRoot",
        "applicationName",
    ];

    private static readonly Lazy<HashSet<string>> s_settings = new(() =>
        new(SettingNames(), StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>Says how the program is used to whoever asks for that, or for something that there is not.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">How it is used.</param>
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

    /// <summary>Whether somebody asks how the program is used.</summary>
    public static bool AskForHelp(IReadOnlyList<string> args) =>
        args is [var first, ..] && s_helps.Contains(first);

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

    // A colon is that of a section of .NET's own settings, such as Logging:LogLevel:Default.
    private static bool IsKnown(string name) =>
        s_hosts.Contains(name, StringComparer.OrdinalIgnoreCase)
        || s_settings.Value.Contains(name)
        || name.Contains(':', StringComparison.Ordinal);

    private static IEnumerable<string> SettingNames()
    {
        using StreamReader example = new(
            typeof(ProgramArguments).Assembly.GetManifestResourceStream(".env.example")!
        );
        while (example.ReadLine() is { } line)
        {
            string text = line.TrimStart('#');
            int end = text.IndexOf('=', StringComparison.Ordinal);
            if (end > 0 && text[..end].All(c => char.IsAsciiLetterUpper(c) || c == '_'))
                yield return text[..end];
        }
    }
}
