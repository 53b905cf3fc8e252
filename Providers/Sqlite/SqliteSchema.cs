using System.Globalization;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The schema of the file, and the pragmas of its connections.</summary>
internal static class SqliteSchema
{
    /// <summary>The schema version, increased with every change that older programs cannot read.</summary>
    public const int Version = 1;

    public const string Probe =
        "INSERT INTO _probe (id, writes) VALUES (1, 1) "
        + "ON CONFLICT (id) DO UPDATE SET writes = writes + 1";

    /// <summary>
    /// Checkpoints and truncates the write-ahead log, unless it is in use: waiting for readers would block the writer.
    /// </summary>
    public const string TruncateLog = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);";

    /// <summary>Verifies the schema version, or initializes a new file, and returns the names of its tables.</summary>
    /// <exception cref="OrleansConfigurationException">Another program, or a newer version, made the file.</exception>
    public static List<string> Initialize(SqliteFiles files)
    {
        using SqliteSession session = SqliteSession.Open(files, "PRAGMA busy_timeout = 5000");
        long version = Number(session, "PRAGMA user_version");
        List<string> tables = session.Column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        );

        if (version > Version)
        {
            throw new OrleansConfigurationException(
                $"The database file {files.Database} has schema version {version}, and this program supports "
                    + $"{Version}: the file was written by a newer version of SessionAuth; start that version."
            );
        }
        if (version == 0 && tables.Count > 0)
        {
            throw new OrleansConfigurationException(
                $"The database file {files.Database} was not created by SessionAuth: set another FileName."
            );
        }
        if (version == 0)
            Create(session, files);
        return tables;
    }

    /// <summary>Opens a connection for writing.</summary>
    /// <remarks>
    /// FULL makes a commit wait for the disk: an acknowledged write survives a power failure. Deleted content is
    /// overwritten, and temporary files are avoided, so that deleted personal data is gone. A log that grew under load
    /// is truncated to 16 MiB.
    /// </remarks>
    public static SqliteSession OpenWriter(SqliteFiles files, long? maxFileBytes)
    {
        SqliteSession session = SqliteSession.Open(
            files,
            """
            PRAGMA busy_timeout = 5000;
            PRAGMA synchronous = FULL;
            PRAGMA fullfsync = ON;
            PRAGMA checkpoint_fullfsync = ON;
            PRAGMA secure_delete = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA journal_size_limit = 16777216;
            """
        );
        if (maxFileBytes is { } bytes)
        {
            long pages = bytes / Number(session, "PRAGMA page_size");
            session.Execute($"PRAGMA max_page_count = {pages}");
        }
        return session;
    }

    /// <summary>Opens a connection for reading, on which SQLite refuses writes.</summary>
    public static SqliteSession OpenReader(SqliteFiles files) =>
        SqliteSession.Open(
            files,
            """
            PRAGMA busy_timeout = 5000;
            PRAGMA query_only = ON;
            PRAGMA temp_store = MEMORY;
            """
        );

    // With the write-ahead log, readers and the writer do not block each other. The mode is persistent.
    private static void Create(SqliteSession session, SqliteFiles files)
    {
        if (session.First("PRAGMA journal_mode = WAL", row => row.GetString(0)) != "wal")
        {
            throw new OrleansConfigurationException(
                $"The file system of {files.Database} does not support SQLite's write-ahead log: "
                    + "set DataDirectory to a local disk."
            );
        }
        session.Execute(
            $"""
            BEGIN IMMEDIATE;
            CREATE TABLE _probe (id INTEGER PRIMARY KEY, writes INTEGER NOT NULL) STRICT;
            PRAGMA user_version = {Version};
            COMMIT;
            """
        );
    }

    private static long Number(SqliteSession session, string pragma) =>
        long.Parse(session.First(pragma, row => row.GetString(0))!, CultureInfo.InvariantCulture);
}
