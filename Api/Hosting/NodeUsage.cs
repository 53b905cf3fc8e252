using SessionAuth.Cli;
using SessionAuth.Hosting.CommandLine;

namespace SessionAuth.Api.Hosting;

/// <summary>The usage text of the command line.</summary>
internal static class NodeUsage
{
    private static readonly string s_text = $"""
        Usage: dotnet run --project Api [-- <options>]   start a node

          --urls <urls>    the URLs to listen on; default http://localhost:5080
          --NAME <value>   a setting from docs/settings.md or .env.example, such as --PORT 5081
          --help           show this help; after the name of a command, the help for that command

        Commands:
          {string.Join("\n  ", Commands.Usages)}

        Settings are also read from the environment and from a .env file.
        """;

    /// <inheritdoc cref="ProgramArguments.Answer"/>
    public static int? Answer(IReadOnlyList<string> args) => ProgramArguments.Answer(args, s_text);
}
