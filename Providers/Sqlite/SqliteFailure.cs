using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SessionAuth.Providers.Sqlite;

/// <summary>Classifies SQLite's errors for callers.</summary>
internal static class SqliteFailure
{
    /// <summary>Whether only the statement has failed, and its transaction can continue.</summary>
    public static bool IsStatementError(SqliteException error) =>
        error.SqliteErrorCode
            is raw.SQLITE_ERROR
                or raw.SQLITE_TOOBIG
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_RANGE;

    public static bool IsFull(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL };

    /// <summary>
    /// Whether one write may have caused the failure of its whole group: a document that does not fit, a damaged page.
    /// </summary>
    public static bool MayBeCausedByOneWrite(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_CORRUPT };

    /// <summary>
    /// The exception for a caller. It does not contain the cause, which is logged where it happened.
    /// </summary>
    /// <param name="error">The error of SQLite or the operating system.</param>
    /// <param name="outcomeUnknown">Whether a commit had begun, which may have been or still be applied.</param>
    public static OrleansException ForCaller(Exception error, bool outcomeUnknown) =>
        error switch
        {
            StorageUnavailableException known => known,
            SqliteException { SqliteErrorCode: var code } when IsRefusal(code) && !outcomeUnknown =>
                new StorageRefusedException(
                    $"The database refuses the operation: SQLite error {code}. A retry cannot help."
                ),
            _ => new StorageUnavailableException(
                $"Storage is unavailable: {Reason(error)}. Try again later."
            )
            {
                OutcomeUnknown = outcomeUnknown,
            },
        };

    /// <summary>The exception for calls before the storage is opened or after it is closed.</summary>
    public static StorageUnavailableException Closed() =>
        new("Storage is closed.") { OutcomeUnknown = false };

    // Errors in the statement's own values, which a retry would not change.
    private static bool IsRefusal(int code) =>
        code
            is raw.SQLITE_TOOBIG
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_RANGE;

    private static string Reason(Exception error) =>
        error switch
        {
            SqliteException { SqliteErrorCode: var code } => code switch
            {
                raw.SQLITE_FULL => "the disk is full",
                raw.SQLITE_IOERR => "the disk reports an I/O error",
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "the database is locked",
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the database is damaged",
                raw.SQLITE_READONLY or raw.SQLITE_PERM => "the database is read-only",
                raw.SQLITE_CANTOPEN => "the database cannot be opened",
                raw.SQLITE_NOMEM => "the process is out of memory",
                _ => $"SQLite error {code}",
            },
            IOException or UnauthorizedAccessException => "the file system denies access",
            _ => "an unexpected error",
        };
}
