namespace SessionAuth.Ui.Hosting;

/// <summary>What the program can be asked for on its command line.</summary>
internal static class UiUsage
{
    private const string Text = """
        Usage: dotnet run --project Ui [-- <options>]   serves the pages

          --urls <addresses>      where to listen: http://localhost:5090
          --PORT <port>           the same, on localhost
          --API_URL <origin>      where browsers find the API
          --PUBLIC_URL <origin>   where browsers find the pages
          --help                  says this

        Settings also come from the environment.
        """;

    private static readonly string[] s_helps = ["--help", "-h", "-?", "/?"];
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

    /// <summary>Says how it is used to whoever asks for that, or for something that there is not.</summary>
    /// <returns>The exit code; null when the pages are to be served.</returns>
    public static int? Answer(IReadOnlyList<string> args)
    {
        if (args is [var first, ..] && s_helps.Contains(first))
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
            // A colon is that of a section of .NET's own settings, such as Logging:LogLevel:Default.
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
