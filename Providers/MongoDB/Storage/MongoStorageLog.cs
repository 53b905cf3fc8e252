using Microsoft.Extensions.Logging;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>The log messages of the storage on MongoDB. None contains a document.</summary>
internal static partial class MongoStorageLog
{
    [LoggerMessage(1, LogLevel.Warning, "An operation on MongoDB failed and may be retried")]
    public static partial void OperationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The document of grain {GrainId} in {State} cannot be read")]
    public static partial void UnreadableDocument(
        this ILogger logger,
        Exception exception,
        string state,
        GrainId grainId
    );

    [LoggerMessage(3, LogLevel.Information, "The index on {State}.{Member} exists in MongoDB")]
    public static partial void IndexReady(this ILogger logger, string state, string member);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "MongoDB refuses the index on {State}.{Member}: lookups by it scan the whole collection, and expired documents are not deleted"
    )]
    public static partial void IndexRefused(
        this ILogger logger,
        Exception exception,
        string state,
        string member
    );
}
