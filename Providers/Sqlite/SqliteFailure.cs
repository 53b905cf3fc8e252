using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SessionAuth.Providers.Sqlite;

/// <summary>What an error of SQLite means for the callers.</summary>
internal static class SqliteFailure
{
    /// <summary>True when the error is about one statement, and the transaction around it goes on.</summary>
    public static bool IsOfOneStatement(SqliteException error) =>
        error.SqliteErrorCode
            is raw.SQLITE_ERROR
                or raw.SQLITE_TOOBIG
                or raw.SQLITE_CONSTRAINT
                or raw.SQLITE_MISMATCH
                or raw.SQLITE_RANGE;

    public static bool IsFull(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL };

    /// <summary>
    /// True when a group failed by what may be the doing of one of its writes: a document that does not
    /// fit, a damaged page.
    /// </summary>
    public static bool MayBeOfOneWrite(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_CORRUPT };

    /// <summary>
    /// The exception for a caller. The cause is logged here, where it happened, and does not travel.
    /// </summary>
    /// <param name="error">What SQLite or the system said.</param>
    /// <param name="outcomeUnknown">Whether a commit was begun that may still become true.</param>
    public static OrleansException ForCaller(Exception error, bool outcomeUnknown) =>
        error switch
        {
            StorageUnavailableException known => known,
            SqliteException { SqliteErrorCode: var code } when IsRefusal(code) && !outcomeUnknown =>
                new StorageRefusedException(
                    $"The database refuses it for good: SQLite error {code}. Repeating the call cannot help."
                ),
            _ => new StorageUnavailableException(
                $"Storage cannot answer now: {Reason(error)}. Repeat the call later."
            )
            {
                OutcomeUnknown = outcomeUnknown,
            },
        };

    /// <summary>The exception for callers who come before the silo's storage is open, or after.</summary>
    public static StorageUnavailableException Closed() =>
        new("Storage is closed.") { OutcomeUnknown = false };

    // What is wrong with the statement's own values: they will be as wrong the next time.
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
                raw.SQLITE_IOERR => "the disk fails",
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "the database is locked",
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the database is damaged",
                raw.SQLITE_READONLY or raw.SQLITE_PERM => "the database is read-only",
                raw.SQLITE_CANTOPEN => "the database cannot be opened",
                raw.SQLITE_NOMEM => "there is no memory",
                _ => $"SQLite error {code}",
            },
            IOException or UnauthorizedAccessException => "the disk refuses",
            _ => "an unexpected error",
        };
}
