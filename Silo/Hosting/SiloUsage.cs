namespace SessionAuth.Silo.Hosting;

/// <summary>What the silo's program can be asked for on its command line.</summary>
internal static class SiloUsage
{
    private const string Text = """
        Usage: dotnet run --project Silo [-- <options>]   starts a silo without a front end

          --NAME <value>   a setting that README.md and .env.example name, such as --PORT 5081
          --help           says this

        Settings also come from the environment and from a file .env.
        """;

    /// <summary>Says how it is used to whoever asks for that, or for something that there is not.</summary>
    /// <returns>The exit code; null when the silo is to start.</returns>
    public static int? Answer(IReadOnlyList<string> args)
    {
        if (ProgramArguments.AskForHelp(args))
        {
            Console.Out.WriteLine(Text);
            return 0;
        }
        if (ProgramArguments.Problem(args) is not { } problem)
            return null;

        Console.Error.WriteLine(problem);
        Console.Error.WriteLine(Text);
        return 2;
    }
}
