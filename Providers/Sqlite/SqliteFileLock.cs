namespace SessionAuth.Providers.Sqlite;

/// <summary>Holds a database for this process.</summary>
/// <remarks>
/// SQLite would let two processes write to one file. Two silos that each believe to own it would each
/// hold a session in memory and know nothing of the other's revocations. The lock is an advisory lock of
/// the operating system on a file of its own: the kernel lets go of it when the process ends, however it
/// ends, and it does not get in the way of an operator's <c>sqlite3</c>.
/// </remarks>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _held;

    private SqliteFileLock(FileStream held) => _held = held;

    /// <exception cref="StorageUnavailableException">Another process holds it, or the disk refuses.</exception>
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
                    + "or give this one a directory of its own."
            );
        }
    }

    public void Dispose() => _held.Dispose();
}
