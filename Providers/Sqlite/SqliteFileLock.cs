namespace SessionAuth.Providers.Sqlite;

/// <summary>Locks a database for this process.</summary>
/// <remarks>
/// SQLite would let two processes write to one file. Two silos that each believe to own it would each have a session in
/// memory and not know of the other's revocations. It is an advisory lock of the operating system on a separate file:
/// the kernel releases it however the process ends, and it does not block an operator's <c>sqlite3</c>.
/// </remarks>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _held;

    private SqliteFileLock(FileStream held) => _held = held;

    /// <exception cref="StorageUnavailableException">Another process has the lock.</exception>
    public static SqliteFileLock Take(SqliteFiles files)
    {
        try
        {
            return new(SqliteFiles.Create(files.Lock));
        }
        catch (IOException) when (File.Exists(files.Lock))
        {
            throw new StorageUnavailableException(
                $"The database file {files.Database} is in use by another process: stop that process, "
                    + "or give this one another directory."
            );
        }
    }

    public void Dispose() => _held.Dispose();
}
