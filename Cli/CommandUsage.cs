using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SessionAuth.Cli;

/// <summary>The usage of a command, from its description and its options.</summary>
internal static class CommandUsage
{
    private const string Program = "dotnet run --project Api --";

    /// <summary>The command line of a command, with every option.</summary>
    public static string Line(Command command) =>
        $"{Program} {command.Name} {string.Join(' ', Own(command).Select(Call))}";

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
    public static async Task WriteProblems(Command command, ParseResult parsed, TextWriter output)
    {
        await output.WriteLineAsync(Text(command));
        await output.WriteLineAsync();
        foreach (string problem in Problems(parsed).Distinct())
            await output.WriteLineAsync(problem);
    }

    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        foreach (string token in parsed.UnmatchedTokens)
        {
            yield return token.StartsWith("--", StringComparison.Ordinal)
                ? $"There is no option {token.Split('=')[0]}."
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
        Option[] options = [.. Own(command)];
        int width = options.Max(option => Named(option).Length) + 3;
        IEnumerable<string> rows = options.Select(option =>
            $"  {Named(option).PadRight(width)}{option.Description}"
        );
        return $"""
            Usage: {Line(command)}

            {string.Join(Environment.NewLine, rows)}

            {command.Description}
            """;
    }

    private static IEnumerable<Option> Own(Command command) =>
        command.Options.Where(option => !option.Hidden);

    private static string Call(Option option) =>
        option.Required ? Named(option) : $"[{Named(option)}]";

    private static string Named(Option option) =>
        option.HelpName is { } value ? $"{option.Name} <{value}>" : option.Name;

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
