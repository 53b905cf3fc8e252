using System.Runtime.CompilerServices;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace SessionAuth.Api.Import;

/// <summary>The collection of node-auth's users, read once: those that are verified first, each part by <c>_id</c>.</summary>
internal sealed class NodeAuthSource : IDisposable
{
    private const string CollectionName = "user";

    // What MongoDB, and with it node-auth, takes for the database where none is named.
    private const string DefaultDatabase = "test";

    private const int BatchSize = 1000;
    private const int Unauthorized = 13;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly MongoClient _client;
    private readonly IMongoCollection<RawBsonDocument> _users;

    private NodeAuthSource(MongoClient client, string database)
    {
        _client = client;
        Name = $"{database}.{CollectionName}";
        _users = client.GetDatabase(database).GetCollection<RawBsonDocument>(CollectionName);
    }

    /// <summary>The database and the collection.</summary>
    public string Name { get; }

    /// <exception cref="ImportException">The connection string, or the name, is none.</exception>
    public static NodeAuthSource Open(string connectionString, string? database)
    {
        try
        {
            MongoUrl url = new(connectionString);
            MongoClientSettings settings = MongoClientSettings.FromUrl(url);
            settings.ApplicationName = "SessionAuth import";
            settings.ServerSelectionTimeout = s_patience;
            settings.ConnectTimeout = s_patience;
            // One document with broken text must not keep the others from being read.
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
            // The driver quotes what it took for the host: the rest of a password with an @ in it.
            throw new ImportException(
                "--from cannot be read as a connection string, or --database is no name of a database. Where the "
                    + "user or the password has one of : / ? # [ ] @ %, write %3A %2F %3F %23 %5B %5D %40 %25."
            );
        }
    }

    /// <summary>How many documents there are, about.</summary>
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
    /// The documents whose address is verified, or all others, of which the caller disposes. Ends early when it is
    /// cancelled.
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

    // By _id, so that of two documents with one address the same comes first each time. No other field is sent.
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
                TimeoutException => "No server that --from names answers.",
                MongoAuthenticationException =>
                    "The database of --from refuses the user or the password.",
                MongoCommandException { Code: Unauthorized } =>
                    "The database of --from forbids it to this user, who needs to read.",
                MongoConnectionException => "The connection to the database of --from broke.",
                MongoCommandException { CodeName: { Length: > 0 } name } =>
                    $"The database of --from reports an error: {name}.",
                _ => "The database of --from reports an error.",
            }
        );
}
