using SessionAuth.Hosting.CommandLine;

namespace SessionAuth.Silo;

/// <summary>What the silo's program can be asked for on its command line.</summary>
internal static class SiloUsage
{
    private const string Text = """
        Usage: dotnet run --project Silo [-- <options>]   starts a silo without a front end

          --NAME <value>   a setting that README.md and .env.example name, such as --PORT 5081
          --help           says this

        Settings also come from the environment and from a file .env.
        """;

    /// <inheritdoc cref="ProgramArguments.Answer"/>
    public static int? Answer(IReadOnlyList<string> args) => ProgramArguments.Answer(args, Text);
}
