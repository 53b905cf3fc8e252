using SessionAuth.Hosting.CommandLine;

namespace SessionAuth.Silo;

/// <summary>The command line of the silo's program.</summary>
internal static class SiloUsage
{
    private const string Text = """
        Usage: dotnet run --project Silo [-- <options>]   starts a silo without a front end

          --NAME <value>   a setting from docs/settings.md or .env.example, such as --PORT 5081
          --help           prints this help

        Settings also come from the environment and from a file .env.
        """;

    /// <inheritdoc cref="ProgramArguments.Answer"/>
    public static int? Answer(IReadOnlyList<string> args) => ProgramArguments.Answer(args, Text);
}
