namespace SessionAuth.Providers.Sqlite;

/// <summary>The index on the scheduled member of a table's documents, and the query that uses it.</summary>
/// <remarks>
/// It is an index on an expression and needs no column: a file of an earlier version gets it when it is opened, and an
/// earlier version of the program that opens the file keeps it up to date.
/// </remarks>
internal sealed class DueIndex(string table, string member)
{
    // Unix time in milliseconds. SQLite uses the index only if the query has exactly the same expressions.
    private readonly string _time =
        $"CAST(round(unixepoch(json_extract(doc, '$.{member}'), 'subsec') * 1000) AS INTEGER)";

    private readonly string _isScheduled = $"json_extract(doc, '$.{member}') IS NOT NULL";

    public string Create =>
        $"""
            CREATE INDEX IF NOT EXISTS "{table}_due_at" ON "{table}" ({_time}, id)
                WHERE {_isScheduled};
            """;

    public string Find =>
        $"""
            SELECT id, {_time} FROM "{table}"
            WHERE {_isScheduled} AND {_time} <= $by AND ({_time}, id) > ($at, $id)
            ORDER BY {_time}, id LIMIT $limit
            """;
}
