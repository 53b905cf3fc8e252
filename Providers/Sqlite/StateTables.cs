using System.Collections.Concurrent;
using SessionAuth.Providers.Storage;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The tables by state name.</summary>
/// <param name="existing">The names of the tables in the file.</param>
/// <param name="options">The options, whose model names the scheduled members.</param>
internal sealed class StateTables(IEnumerable<string> existing, SqliteStorageOptions options)
{
    private const int MaxNameLength = 64;

    // SQLite's table names are case-insensitive: "Users" and "users" would share a table unnoticed.
    private readonly ConcurrentDictionary<string, StateTable> _tables = new(
        existing
            .Where(IsStateName)
            .Select(name => KeyValuePair.Create(name, New(name, options, exists: true))),
        StringComparer.OrdinalIgnoreCase
    );

    public IEnumerable<StateTable> Existing => _tables.Values.Where(table => table.Exists);

    /// <exception cref="StorageRefusedException">The state name is not a valid name of a table.</exception>
    public StateTable Of(string stateName)
    {
        if (_tables.TryGetValue(stateName, out StateTable? known) && known.Name == stateName)
            return known;

        if (!IsStateName(stateName))
        {
            throw new StorageRefusedException(
                $"A state name must be a letter followed by letters, digits and underscores, at most {MaxNameLength} "
                    + $"characters: '{stateName}' is not."
            );
        }

        StateTable table = _tables.GetOrAdd(stateName, name => New(name, options, exists: false));
        return table.Name == stateName
            ? table
            : throw new StorageRefusedException(
                $"The state names '{stateName}' and '{table.Name}' differ only in case."
            );
    }

    private static StateTable New(string name, SqliteStorageOptions options, bool exists) =>
        new(
            name,
            options.Model[name].Scheduled is { } member
                ? new DueIndex(name, StateJson.MemberName(member, options.Json))
                : null
        )
        {
            Exists = exists,
        };

    // A leading underscore is reserved for internal tables, the prefix sqlite_ for SQLite.
    private static bool IsStateName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && char.IsAsciiLetter(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase);
}
