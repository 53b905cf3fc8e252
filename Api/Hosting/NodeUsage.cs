using SessionAuth.Api.Import;
using SessionAuth.Hosting.CommandLine;

namespace SessionAuth.Api.Hosting;

/// <summary>What the program can be asked for on its command line.</summary>
internal static class NodeUsage
{
    private const string Text = $"""
        Usage: dotnet run --project Api [-- <options>]                       starts a node
               dotnet run --project Api -- {ImportCommand.Name} --from <mongo url>   brings users over

          --urls <addresses>   where to listen: http://localhost:5080
          --NAME <value>       a setting that README.md and .env.example name, such as --PORT 5081
          --help               says this

        Settings also come from the environment and from a file .env.
        """;

    /// <inheritdoc cref="ProgramArguments.Answer"/>
    public static int? Answer(IReadOnlyList<string> args) => ProgramArguments.Answer(args, Text);
}
