using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Api.Import;

/// <summary>What the command line asks for.</summary>
/// <param name="From">The connection string of the other system's database.</param>
/// <param name="Database">The database's name, where the connection string does not say it.</param>
/// <param name="DryRun">Whether nothing is to be written.</param>
internal sealed record ImportArguments(string From, string? Database, bool DryRun)
{
    public const string Usage = """
        Usage: dotnet run --project Api -- import-node-auth --from <mongo url> [--database <name>] [--dry-run]

          --from <mongo url>   where node-auth keeps its users: mongodb://… or mongodb+srv://…
          --database <name>    the database, where it is not the one that the URL names; without both: test
          --dry-run            writes nothing, and says what would happen

        It may be run again at any time: an address that has an account is left alone.
        """;

    /// <summary>Reads the command line; false when it is wrong.</summary>
    public static bool TryParse(
        IReadOnlyList<string> args,
        [NotNullWhen(true)] out ImportArguments? arguments
    )
    {
        arguments = null;
        string? from = null;
        string? database = null;
        bool dryRun = false;
        for (int i = 0; i < args.Count; i++)
        {
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--dry-run" when !dryRun:
                    dryRun = true;
                    break;
                case "--from" when from is null && !string.IsNullOrEmpty(value):
                    from = value;
                    i++;
                    break;
                case "--database" when database is null && !string.IsNullOrEmpty(value):
                    database = value;
                    i++;
                    break;
                default:
                    return false;
            }
        }

        if (from is null)
            return false;

        arguments = new(from, database, dryRun);
        return true;
    }
}
