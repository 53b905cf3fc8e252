using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>What an error of the driver means for the callers.</summary>
internal static class MongoFailure
{
    /// <summary>The code of the answer to those who may not.</summary>
    public const int Unauthorized = 13;

    private const int DuplicateKey = 11000;

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
    /// The exception for a caller. The cause is logged here, where it happened, and does not travel.
    /// </summary>
    public static StorageUnavailableException ForCaller(Exception error) =>
        new($"Storage cannot answer now: {Reason(error)}. Repeat the call later.");

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
}
