using System.Collections.Frozen;
using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Classifies the driver's errors for callers.</summary>
internal static class MongoFailure
{
    /// <summary>The error code for a missing user or permission.</summary>
    public const int Unauthorized = 13;

    private const int DuplicateKey = 11000;

    // https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml: errors in the command or the
    // document itself. The server applied nothing, and a retry would fail in the same way.
    private static readonly FrozenSet<int> Refusals = new[]
    {
        2, // BadValue
        9, // FailedToParse
        14, // TypeMismatch
        15, // Overflow
        16, // InvalidLength
        20, // IllegalOperation
        21, // EmptyArrayOperation
        22, // InvalidBSON
        28, // PathNotViable
        40, // ConflictingUpdateOperators
        52, // DollarPrefixedFieldName
        53, // InvalidIdField
        54, // NotSingleValueField
        55, // InvalidDBRef
        56, // EmptyFieldName
        57, // DottedFieldName
        59, // CommandNotFound
        66, // ImmutableField
        72, // InvalidOptions
        73, // InvalidNamespace
        115, // CommandNotSupported
        121, // DocumentValidationFailure
        166, // CommandNotSupportedOnView
        DuplicateKey,
        10334, // BSONObjectTooLarge
        17280, // KeyTooLong
        17419, // Resulting document after update is larger than 16777216
        17420, // Document to upsert is larger than 16777216
    }.ToFrozenSet();

    /// <summary>Whether a document with the same id, or the same unique value, exists already.</summary>
    public static bool IsDuplicateKey(MongoException error) =>
        error switch
        {
            MongoWriteException write => write.WriteError?.Category
                == ServerErrorCategory.DuplicateKey,
            MongoCommandException command => command.Code == DuplicateKey,
            _ => false,
        };

    /// <summary>
    /// Whether the outcome is unknown, or the operation failed because of an election: a retry of an idempotent
    /// operation can tell.
    /// </summary>
    public static bool IsTransient(Exception error) =>
        error switch
        {
            // The driver also reports a connection that is lost during authentication as a failed authentication.
            MongoAuthenticationException { InnerException: { } cause } => IsTransient(cause),
            MongoAuthenticationException => false,
            _ => error
                is MongoConnectionException
                    or MongoNotPrimaryException
                    or MongoNodeIsRecoveringException,
        };

    /// <summary>
    /// Whether an attempt with this error has certainly changed nothing: it did not reach a server, or the server
    /// rejected it before it began.
    /// </summary>
    public static bool HasChangedNothing(Exception error) =>
        error switch
        {
            // No server or no free connection in time. A timeout on a connection has another type.
            TimeoutException or MongoWaitQueueFullException or MongoConnectionPoolPausedException =>
                true,
            MongoAuthenticationException => true,
            MongoWriteException write => write.WriteError is not null,
            MongoCommandException { Code: Unauthorized } => true,
            _ => IsRefusal(error),
        };

    /// <summary>
    /// The exception for a caller. It does not contain the cause, which is logged where it happened.
    /// </summary>
    /// <param name="error">The driver's error.</param>
    /// <param name="outcomeUnknown">Whether the operation may have been applied, or may still be.</param>
    public static OrleansException ForCaller(Exception error, bool outcomeUnknown) =>
        IsRefusal(error) && !outcomeUnknown
            ? new StorageRefusedException(
                $"The database refuses the operation: {Refused(error)}. A retry cannot help."
            )
            : new StorageUnavailableException(
                $"Storage is unavailable: {Reason(error)}. Try again later."
            )
            {
                OutcomeUnknown = outcomeUnknown,
            };

    /// <summary>The reason for operators, without host names, user names or secrets.</summary>
    public static string Reason(Exception error) =>
        error switch
        {
            OperationCanceledException or TimeoutException =>
                "the database does not answer in time",
            MongoAuthenticationException when !IsTransient(error) =>
                "the database refuses the user or the password",
            MongoCommandException { Code: Unauthorized } =>
                "the user has no permission for the database",
            MongoConnectionException => "the connection to the database failed",
            MongoNotPrimaryException or MongoNodeIsRecoveringException =>
                "the database has no primary at the moment",
            MongoWriteConcernException => "the database could not make the write durable in time",
            MongoException => "the database reports an error",
            _ => "an unexpected error",
        };

    private static bool IsRefusal(Exception error) =>
        Code(error) is { } code && Refusals.Contains(code);

    private static string Refused(Exception error) =>
        error is MongoException mongo && IsDuplicateKey(mongo)
            ? "another document has the same value in a unique index"
            : $"error {Code(error)}";

    private static int? Code(Exception error) =>
        error switch
        {
            MongoWriteException { WriteError: { } write } => write.Code,
            // The server applied the write, but did not confirm its durability in time.
            MongoWriteConcernException => null,
            MongoCommandException command => command.Code,
            _ => null,
        };
}
