using System.Collections.Frozen;
using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>What an error of the driver means for the callers.</summary>
internal static class MongoFailure
{
    /// <summary>The code of the answer to those who may not.</summary>
    public const int Unauthorized = 13;

    private const int DuplicateKey = 11000;

    // https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml: what is wrong with the command or
    // the document itself. The server applied nothing, and will answer the same the next time.
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

    /// <summary>True when a document with that id, or that unique value, is there already.</summary>
    public static bool IsDuplicateKey(MongoException error) =>
        error switch
        {
            MongoWriteException write => write.WriteError?.Category
                == ServerErrorCategory.DuplicateKey,
            MongoCommandException command => command.Code == DuplicateKey,
            _ => false,
        };

    /// <summary>
    /// True when the operation may or may not have happened, or did not because the primary has moved: another
    /// try can tell, where a try can be repeated.
    /// </summary>
    public static bool IsTransient(Exception error) =>
        error switch
        {
            // The driver says of a connection, too, that breaks meanwhile that the authentication failed.
            MongoAuthenticationException { InnerException: { } cause } => IsTransient(cause),
            MongoAuthenticationException => false,
            _ => error
                is MongoConnectionException
                    or MongoNotPrimaryException
                    or MongoNodeIsRecoveringException,
        };

    /// <summary>
    /// True when a single try that ended so has certainly changed nothing: it never got to a server, or the server
    /// turned it down before it began.
    /// </summary>
    public static bool HasChangedNothing(Exception error) =>
        error switch
        {
            // No server to be found, or no connection free, in time. What times out on a connection is another type.
            TimeoutException or MongoWaitQueueFullException or MongoConnectionPoolPausedException =>
                true,
            MongoAuthenticationException => true,
            MongoWriteException write => write.WriteError is not null,
            MongoCommandException { Code: Unauthorized } => true,
            _ => IsRefusal(error),
        };

    /// <summary>
    /// The exception for a caller. The cause is logged here, where it happened, and does not travel.
    /// </summary>
    /// <param name="error">What the driver said.</param>
    /// <param name="outcomeUnknown">Whether something may have changed, or may still change.</param>
    public static OrleansException ForCaller(Exception error, bool outcomeUnknown) =>
        IsRefusal(error) && !outcomeUnknown
            ? new StorageRefusedException(
                $"The database refuses it for good: {Refused(error)}. Repeating the call cannot help."
            )
            : new StorageUnavailableException(
                $"Storage cannot answer now: {Reason(error)}. Repeat the call later."
            )
            {
                OutcomeUnknown = outcomeUnknown,
            };

    /// <summary>The reason in words, without addresses, names or secrets.</summary>
    public static string Reason(Exception error) =>
        error switch
        {
            OperationCanceledException or TimeoutException =>
                "the database does not answer in time",
            MongoAuthenticationException when !IsTransient(error) =>
                "the database refuses the user or the password",
            MongoCommandException { Code: Unauthorized } => "the database forbids it to this user",
            MongoConnectionException => "the connection to the database broke",
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
            // The server did it, and only could not say in time how durable it is.
            MongoWriteConcernException => null,
            MongoCommandException command => command.Code,
            _ => null,
        };
}
