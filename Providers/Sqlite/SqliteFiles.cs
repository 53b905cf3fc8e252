namespace SessionAuth.Providers.Sqlite;

/// <summary>The files of a database, which only their owner can read.</summary>
internal sealed class SqliteFiles(SqliteStorageOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Database { get; } =
        Path.GetFullPath(Path.Combine(options.DataDirectory, options.FileName));

    public string Lock => Database + ".lock";

    /// <summary>Creates the directory with mode 0700, unless it exists.</summary>
    public void CreateDirectory()
    {
        string directory = Path.GetDirectoryName(Database)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Creates an empty database file, unless it exists. SQLite gives its write-ahead log the mode of the database, so
    /// the mode must be right before SQLite opens the file.
    /// </summary>
    /// <remarks>
    /// Call this only with the lock and before SQLite opens the file: closing a file drops all POSIX locks that the
    /// process has on it, also those of SQLite.
    /// </remarks>
    public void CreateDatabase()
    {
        if (!File.Exists(Database))
            Create(Database).Dispose();
        RestrictModes();
    }

    /// <summary>Opens a file exclusively, and creates it with mode 0600 if it does not exist.</summary>
    public static FileStream Create(string path)
    {
        FileStreamOptions create = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = OwnerOnly;
        return new FileStream(path, create);
    }

    // A restored backup may have other modes.
    private void RestrictModes()
    {
        if (OperatingSystem.IsWindows())
            return;

        foreach (string path in new[] { Database, Database + "-wal", Database + "-shm", Lock })
        {
            if (File.Exists(path))
                File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
