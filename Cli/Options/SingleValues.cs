using System.CommandLine;

namespace SessionAuth.Cli.Options;

/// <summary>Refuses options that are given twice or without a value.</summary>
internal static class SingleValues
{
    /// <summary>Adds the rules to each option of the command.</summary>
    public static void Require(Command command)
    {
        foreach (Option option in command.Options)
        {
            option.Validators.Add(given =>
            {
                if (given.IdentifierTokenCount > 1)
                    given.AddError($"{option.Name} is given more than once.");
                else if (given.Tokens is [{ Value: "" }])
                    given.AddError($"{option.Name} needs a value.");
            });
        }
    }
}
