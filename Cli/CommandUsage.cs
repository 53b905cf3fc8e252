using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SessionAuth.Cli;

/// <summary>The usage of a command, from its description and its options.</summary>
internal static class CommandUsage
{
    private const string Program = "dotnet run --project Api --";

    /// <summary>The command lines of a command, or of each command in a group, with every option.</summary>
    public static IEnumerable<string> Lines(Command command) =>
        command.Subcommands.Count > 0
            ? command.Subcommands.SelectMany(Lines)
            :
            [
                string.Join(
                    ' ',
                    [Program, Name(command), .. Parts(command).Select(part => part.Call)]
                ),
            ];

    /// <summary>
    /// A root command whose <c>--help</c> prints the usage in the format of the program's other usages.
    /// </summary>
    public static RootCommand WithOwnHelp(IEnumerable<Command> commands)
    {
        RootCommand root = new();
        foreach (Command command in commands)
            root.Add(command);
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
            help.Action = new PrintUsage();
        return root;
    }

    /// <summary>
    /// Writes the usage and the errors of a command line, but no values, which may contain a password.
    /// </summary>
    public static async Task WriteProblems(ParseResult parsed, TextWriter output)
    {
        await output.WriteLineAsync(Text(parsed.CommandResult.Command));
        await output.WriteLineAsync();
        foreach (string problem in Problems(parsed).Distinct())
            await output.WriteLineAsync(problem);
    }

    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        bool isGroup = parsed.CommandResult.Command.Subcommands.Count > 0;
        foreach (string token in parsed.UnmatchedTokens)
        {
            yield return token.StartsWith("--", StringComparison.Ordinal)
                ? $"There is no option {token.Split('=')[0]}."
            : isGroup ? "There is no such command."
            : "There is a value without an option.";
        }
        foreach (string problem in parsed.Errors.Select(error => error.Message))
        {
            if (
                !parsed.UnmatchedTokens.Any(token =>
                    problem.Contains(token, StringComparison.Ordinal)
                )
            )
                yield return problem;
        }
    }

    private static string Text(Command command)
    {
        Part[] parts = [.. Parts(command)];
        int width = parts.Select(part => part.Name.Length).DefaultIfEmpty().Max() + 3;
        IEnumerable<string> blocks =
        [
            "Usage: " + string.Join(Environment.NewLine + "       ", Lines(command)),
            string.Join(
                Environment.NewLine,
                parts.Select(part => $"  {part.Name.PadRight(width)}{part.Description}")
            ),
            command.Description ?? "",
        ];
        return string.Join(
            Environment.NewLine + Environment.NewLine,
            blocks.Where(block => block.Length > 0)
        );
    }

    private static string Name(Command command) =>
        string.Join(
            ' ',
            [
                .. command
                    .Parents.OfType<Command>()
                    .Where(parent => parent is not RootCommand)
                    .Select(Name),
                command.Name,
            ]
        );

    private static IEnumerable<Part> Parts(Command command) =>
        [
            .. command.Arguments.Select(argument => new Part(
                $"<{argument.HelpName ?? argument.Name}>",
                argument.Description,
                IsRequired: true
            )),
            .. command
                .Options.Where(option => !option.Hidden)
                .Select(option => new Part(
                    option.HelpName is { } value ? $"{option.Name} <{value}>" : option.Name,
                    option.Description,
                    option.Required
                )),
        ];

    private sealed record Part(string Name, string? Description, bool IsRequired)
    {
        public string Call => IsRequired ? Name : $"[{Name}]";
    }

    private sealed class PrintUsage : SynchronousCommandLineAction
    {
        // --help must work without the options that the command requires.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(
                Text(parseResult.CommandResult.Command)
            );
            return 0;
        }
    }
}
