namespace SessionAuth.Providers.Sqlite;

/// <summary>The statements that find the documents of a table by the time of their scheduled member.</summary>
/// <remarks>
/// The index is on what the document says and needs no column: a file of an earlier version gets it when it is opened,
/// and an earlier program that opens the file keeps it right without knowing of it.
/// </remarks>
internal sealed class DueIndex(string table, string member)
{
    // Unix time in milliseconds. SQLite uses the index where a query repeats both expressions to the letter.
    private readonly string _time =
        $"CAST(round(unixepoch(json_extract(doc, '$.{member}'), 'subsec') * 1000) AS INTEGER)";

    private readonly string _isThere = $"json_extract(doc, '$.{member}') IS NOT NULL";

    public string Create =>
        $"""
            CREATE INDEX IF NOT EXISTS "{table}_due_at" ON "{table}" ({_time}, id)
                WHERE {_isThere};
            """;

    public string Find =>
        $"""
            SELECT id, {_time} FROM "{table}"
            WHERE {_isThere} AND {_time} <= $by AND ({_time}, id) > ($at, $id)
            ORDER BY {_time}, id LIMIT $limit
            """;
}
