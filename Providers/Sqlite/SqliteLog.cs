using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.Sqlite;

/// <summary>The log messages of the embedded storage. None contains a document.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(1, LogLevel.Information, "SQLite storage {Storage} opened {File}")]
    public static partial void Opened(this ILogger logger, string storage, string file);

    [LoggerMessage(2, LogLevel.Information, "SQLite storage {Storage} closed {File}")]
    public static partial void Closed(this ILogger logger, string storage, string file);

    [LoggerMessage(3, LogLevel.Error, "A group of {Writes} writes failed and may be retried")]
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

    [LoggerMessage(7, LogLevel.Warning, "Expired documents are not deleted before the next sweep")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "The write-ahead log could not be checkpointed; the next start recovers it"
    )]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        9,
        LogLevel.Warning,
        "The index on scheduled work is missing for {State} until the next start: queries scan the whole table"
    )]
    public static partial void IndexMissing(this ILogger logger, Exception exception, string state);
}
