using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The log messages of the embedded storage. None carries a document.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(1, LogLevel.Information, "SQLite storage {Storage} opened {File}")]
    public static partial void Opened(this ILogger logger, string storage, string file);

    [LoggerMessage(2, LogLevel.Information, "SQLite storage {Storage} closed {File}")]
    public static partial void Closed(this ILogger logger, string storage, string file);

    [LoggerMessage(3, LogLevel.Error, "{Writes} writes failed together and may be repeated")]
    public static partial void WritesFailed(this ILogger logger, Exception exception, int writes);

    [LoggerMessage(4, LogLevel.Error, "A read failed")]
    public static partial void ReadFailed(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "The document of grain {GrainId} in {State} cannot be read")]
    public static partial void UnreadableDocument(
        this ILogger logger,
        Exception exception,
        string state,
        GrainId grainId
    );

    [LoggerMessage(6, LogLevel.Information, "Deleted {Documents} expired documents from {State}")]
    public static partial void Swept(this ILogger logger, int documents, string state);

    [LoggerMessage(7, LogLevel.Warning, "Expired documents are not deleted before the next round")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "The write-ahead log is left for the next start to take in"
    )]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        9,
        LogLevel.Warning,
        "{State} has no index on what is due before the next start: every look reads the whole table"
    )]
    public static partial void IndexMissing(this ILogger logger, Exception exception, string state);
}
