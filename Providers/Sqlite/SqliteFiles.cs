namespace SessionAuth.Providers.Sqlite;

/// <summary>Where the database lies, and that nobody but its owner reads it.</summary>
internal sealed class SqliteFiles(SqliteStorageOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Database { get; } =
        Path.GetFullPath(Path.Combine(options.DataDirectory, options.FileName));

    public string Lock => Database + ".lock";

    /// <summary>Makes the directory.</summary>
    public void MakeDirectory()
    {
        string directory = Path.GetDirectoryName(Database)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// Makes an empty database file. SQLite gives its log and its index the mode of the database, so the
    /// mode must be right before SQLite sees the file.
    /// </summary>
    /// <remarks>
    /// Only for who holds the lock: to open and close a file that SQLite has open in this process would
    /// drop SQLite's locks on it.
    /// </remarks>
    public void MakeDatabase()
    {
        if (!File.Exists(Database))
            Create(Database).Dispose();
        TightenRestored();
    }

    /// <summary>Opens a file for this process alone, made with mode 0600 when it is new.</summary>
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

    // A backup is often copied back with the modes of whoever copied it.
    private void TightenRestored()
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
