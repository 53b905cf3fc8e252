using System.Globalization;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The layout of the file, and the settings of its connections.</summary>
internal static class SqliteSchema
{
    /// <summary>Raised with every change that an older program would misread.</summary>
    public const int Version = 1;

    public const string Probe =
        "INSERT INTO _probe (id, writes) VALUES (1, 1) "
        + "ON CONFLICT (id) DO UPDATE SET writes = writes + 1";

    /// <summary>
    /// Moves all that the log holds into the file, and cuts the log to nothing; leaves it when somebody
    /// uses it, because whoever waits for that holds up the writer.
    /// </summary>
    public const string EmptyLog = "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);";

    /// <summary>Checks whose file it is, stamps a new one, and returns the names of its tables.</summary>
    /// <exception cref="OrleansConfigurationException">The file is not ours, or of a newer version.</exception>
    public static List<string> Adopt(SqliteFiles files)
    {
        using SqliteSession session = SqliteSession.Open(files, "PRAGMA busy_timeout = 5000");
        long version = Number(session, "PRAGMA user_version");
        List<string> tables = session.Column(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        );

        if (version > Version)
        {
            throw new OrleansConfigurationException(
                $"The database file {files.Database} has schema version {version} and this program knows "
                    + $"{Version}: it was written by a newer SessionAuth, which is the one to start."
            );
        }
        if (version == 0 && tables.Count > 0)
        {
            throw new OrleansConfigurationException(
                $"The database file {files.Database} was not made by SessionAuth: set another FileName."
            );
        }
        if (version == 0)
            Stamp(session, files);
        return tables;
    }

    /// <summary>Connects for writing.</summary>
    /// <remarks>
    /// FULL makes a commit wait for the disk: what was answered survives a power cut. Deleted content is
    /// overwritten, and no part of a document goes to a temporary file, because people ask us to forget
    /// them. A log that grew under load is cut back to 16 MiB.
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

    /// <summary>Connects for reading; SQLite itself refuses a write on such a connection.</summary>
    public static SqliteSession OpenReader(SqliteFiles files) =>
        SqliteSession.Open(
            files,
            """
            PRAGMA busy_timeout = 5000;
            PRAGMA query_only = ON;
            PRAGMA temp_store = MEMORY;
            """
        );

    // The log lets readers and the writer work at once. That it is used is remembered in the file.
    private static void Stamp(SqliteSession session, SqliteFiles files)
    {
        if (session.First("PRAGMA journal_mode = WAL", row => row.GetString(0)) != "wal")
        {
            throw new OrleansConfigurationException(
                $"The file system of {files.Database} cannot hold SQLite's write-ahead log: "
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
