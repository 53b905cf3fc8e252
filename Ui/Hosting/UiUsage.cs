namespace SessionAuth.Ui.Hosting;

/// <summary>The command line of the pages' own host.</summary>
internal static class UiUsage
{
    private const string Text = """
        Usage: dotnet run --project Ui [-- <options>]   serves the pages

          --urls <urls>           the URLs to listen on, such as http://localhost:5090
          --PORT <port>           the port to listen on, on localhost
          --API_URL <origin>      the origin of the API
          --PUBLIC_URL <origin>   the origin of the pages
          --help                  prints this help

        Settings also come from the environment.
        """;

    private static readonly string[] s_helpOptions = ["--help", "-h", "-?", "/?"];
    private static readonly string[] s_options =
    [
        "urls",
        "PORT",
        "API_URL",
        "PUBLIC_URL",
        "environment",
        "contentRoot",
        "webRoot",
        "applicationName",
    ];

    /// <summary>Prints the usage when help is requested or the command line is not valid.</summary>
    /// <returns>The exit code; null when the pages are to be served.</returns>
    public static int? Answer(IReadOnlyList<string> args)
    {
        if (args is [var first, ..] && s_helpOptions.Contains(first))
        {
            Console.Out.WriteLine(Text);
            return 0;
        }
        if (Problem(args) is not { } problem)
            return null;

        Console.Error.WriteLine(problem);
        Console.Error.WriteLine(Text);
        return 2;
    }

    private static string? Problem(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                return $"There is no command '{args[i]}'.";

            string[] parts = args[i][2..].Split('=', 2);
            // Names with a colon are .NET's own settings, such as Logging:LogLevel:Default.
            if (
                !s_options.Contains(parts[0], StringComparer.OrdinalIgnoreCase)
                && !parts[0].Contains(':', StringComparison.Ordinal)
            )
                return $"There is no option --{parts[0]}.";
            if (parts.Length == 2)
                continue;
            i++;
            if (i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal))
                return $"The option --{parts[0]} needs a value.";
        }
        return null;
    }
}
