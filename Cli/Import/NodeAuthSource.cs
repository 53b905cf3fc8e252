using System.Runtime.CompilerServices;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace SessionAuth.Cli.Import;

/// <summary>
/// Reads node-auth's collection of users: the verified ones first, each part in the order of <c>_id</c>.
/// </summary>
internal sealed class NodeAuthSource : IDisposable
{
    private const string CollectionName = "user";

    // The default of MongoDB's drivers, and so of node-auth, when the connection string names no database.
    private const string DefaultDatabase = "test";

    private const int BatchSize = 1000;
    private const int Unauthorized = 13;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly MongoClient _client;
    private readonly IMongoCollection<RawBsonDocument> _users;

    private NodeAuthSource(MongoClient client, string database)
    {
        _client = client;
        Name = $"{database}.{CollectionName}";
        _users = client.GetDatabase(database).GetCollection<RawBsonDocument>(CollectionName);
    }

    /// <summary>The names of the database and the collection.</summary>
    public string Name { get; }

    /// <exception cref="ImportException">The connection string or the database name is not valid.</exception>
    public static NodeAuthSource Open(string connectionString, string? database)
    {
        try
        {
            MongoUrl url = new(connectionString);
            MongoClientSettings settings = MongoClientSettings.FromUrl(url);
            settings.ApplicationName = "SessionAuth import";
            settings.ServerSelectionTimeout = s_timeout;
            settings.ConnectTimeout = s_timeout;
            // One document with invalid UTF-8 must not fail the whole batch.
            settings.ReadEncoding = new UTF8Encoding(false, throwOnInvalidBytes: false);
            return new(new MongoClient(settings), database ?? url.DatabaseName ?? DefaultDatabase);
        }
        catch (Exception e)
            when (e
                    is MongoConfigurationException
                        or ArgumentException
                        or FormatException
                        or InvalidOperationException
                        or NotSupportedException
            )
        {
            // Not the driver's message: it quotes as the host the rest of a password that contains an @.
            throw new ImportException(
                "--from cannot be read as a connection string, or --database is not a valid name. In the user and the "
                    + "password, encode : / ? # [ ] @ % as %3A %2F %3F %23 %5B %5D %40 %25."
            );
        }
    }

    /// <summary>The estimated number of documents.</summary>
    public async Task<long> Count(CancellationToken cancellationToken)
    {
        try
        {
            return await _users.EstimatedDocumentCountAsync(options: null, cancellationToken);
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            throw Failed(e);
        }
    }

    /// <summary>
    /// The documents with a verified email, or all others. The caller disposes them. Ends early when cancelled.
    /// </summary>
    public async IAsyncEnumerable<RawBsonDocument> Read(
        bool verified,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using IAsyncCursor<RawBsonDocument> cursor = await Begin(verified, cancellationToken);
        while (await Next(cursor, cancellationToken))
        {
            foreach (RawBsonDocument document in cursor.Current)
                yield return document;
        }
    }

    public void Dispose() => _client.Dispose();

    // Sorted, so that of two documents with the same email the same one comes first in each run.
    private async Task<IAsyncCursor<RawBsonDocument>> Begin(
        bool verified,
        CancellationToken cancellationToken
    )
    {
        FindOptions<RawBsonDocument, RawBsonDocument> options = new()
        {
            BatchSize = BatchSize,
            Sort = Builders<RawBsonDocument>.Sort.Ascending("_id"),
            Projection = Builders<RawBsonDocument>
                .Projection.Include("email.address")
                .Include("email.verified")
                .Include("password")
                .Include("authenticator"),
        };
        try
        {
            return await _users.FindAsync(
                verified
                    ? Builders<RawBsonDocument>.Filter.Eq("email.verified", true)
                    : Builders<RawBsonDocument>.Filter.Ne("email.verified", true),
                options,
                cancellationToken
            );
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            throw Failed(e);
        }
    }

    private static async Task<bool> Next(
        IAsyncCursor<RawBsonDocument> cursor,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await cursor.MoveNextAsync(cancellationToken);
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            throw Failed(e);
        }
    }

    private static ImportException Failed(Exception error) =>
        new(
            error switch
            {
                TimeoutException => "No server of --from answers.",
                MongoAuthenticationException =>
                    "The database of --from refuses the user or the password.",
                MongoCommandException { Code: Unauthorized } =>
                    "The user of --from has no permission to read the database.",
                MongoConnectionException => "The connection to the database of --from failed.",
                MongoCommandException { CodeName: { Length: > 0 } name } =>
                    $"The database of --from reports an error: {name}.",
                _ => "The database of --from reports an error.",
            }
        );
}
