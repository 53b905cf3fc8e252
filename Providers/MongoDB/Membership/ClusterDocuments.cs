using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>
/// The documents of clusters. A cluster is one document, so that each change of a row and of the table's version
/// is one atomic write.
/// </summary>
internal sealed class ClusterDocuments(
    IMongoClient client,
    MongoDBOptions options,
    string clusterId
)
{
    public const string CollectionName = "membership";
    public const string Id = "_id";
    public const string Version = "Version";
    public const string VersionETag = "VersionEtag";
    public const string Members = "Members";
    public const string Settings = "Settings";

    private readonly IMongoDatabase _database = client.GetDatabase(options.DatabaseName);

    public BsonDocument ThisCluster { get; } = new(Id, clusterId);

    /// <summary>The cluster's document as a majority of servers has it; null when there is none.</summary>
    public Task<BsonDocument?> Read(CancellationToken cancellationToken) =>
        Within(
            async token =>
                (BsonDocument?)
                    await Collection().Find(ThisCluster).Limit(1).FirstOrDefaultAsync(token),
            cancellationToken
        );

    /// <summary>Runs an operation within its time.</summary>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public async Task<T> Within<T>(
        Func<CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken
        );
        deadline.CancelAfter(options.OperationTimeout);
        try
        {
            return await operation(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The membership table does not answer in time.", e);
        }
    }

    public IMongoCollection<BsonDocument> Collection() =>
        _database.Durable(options.CollectionPrefix + CollectionName);
}
