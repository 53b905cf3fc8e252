namespace SessionAuth.Providers.Sqlite;

/// <summary>The table of one state name, and the statements on it.</summary>
/// <param name="name">The state name.</param>
/// <param name="due">The index on the scheduled member; null if the state has none.</param>
internal sealed class StateTable(string name, DueIndex? due)
{
    // Set by the writer after the commit that created the table, read by all readers.
    private volatile bool _exists;

    public string Name => name;

    public DueIndex? Due => due;

    /// <summary>False until a commit has created the table; before that, no state of this name is stored.</summary>
    public bool Exists
    {
        get => _exists;
        set => _exists = value;
    }

    public string Create { get; } =
        $"""
            CREATE TABLE IF NOT EXISTS "{name}" (
                id TEXT PRIMARY KEY NOT NULL,
                etag TEXT NOT NULL,
                doc TEXT NOT NULL CHECK (json_valid(doc)),
                expires_at INTEGER -- Unix time in milliseconds
            ) STRICT;
            CREATE INDEX IF NOT EXISTS "{name}_expires_at" ON "{name}" (expires_at)
                WHERE expires_at IS NOT NULL;
            {due?.Create}
            """;

    public string Read { get; } = $"""SELECT etag, doc FROM "{name}" WHERE id = $id""";

    public string Insert { get; } =
        $"""
            INSERT INTO "{name}" (id, etag, doc, expires_at) VALUES ($id, $etag, $doc, $expires)
            ON CONFLICT (id) DO NOTHING
            """;

    public string Update { get; } =
        $"""
            UPDATE "{name}" SET etag = $etag, doc = $doc, expires_at = $expires
            WHERE id = $id AND etag = $replaced
            """;

    public string Delete { get; } = $"""DELETE FROM "{name}" WHERE id = $id AND etag = $replaced""";

    public string Sweep { get; } =
        $"""
            DELETE FROM "{name}" WHERE rowid IN (
                SELECT rowid FROM "{name}" WHERE expires_at < $before LIMIT $limit
            )
            """;
}
