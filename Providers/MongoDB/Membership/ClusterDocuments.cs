using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>
/// The documents of clusters. Each cluster is one document, so that a row and the table's version change in one atomic
/// write.
/// </summary>
internal sealed class ClusterDocuments(
    IMongoClient client,
    MongoDBOptions options,
    string clusterId
)
{
    public const string CollectionName = "membership";

    private readonly IMongoDatabase _database = client.GetDatabase(options.DatabaseName);

    private readonly BsonDocument _thisCluster = new(ClusterDocument.Id, clusterId);

    /// <summary>The cluster's document, by a linearizable read; null when there is none.</summary>
    public Task<BsonDocument?> Read(CancellationToken cancellationToken) =>
        Within(
            async token =>
                (BsonDocument?)
                    await Collection().Find(_thisCluster).Limit(1).FirstOrDefaultAsync(token),
            cancellationToken
        );

    /// <summary>Updates the cluster's document if it matches a filter.</summary>
    /// <param name="expected">The filter.</param>
    /// <param name="change">The update.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether the document matched.</returns>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public async Task<bool> Change(
        BsonDocument expected,
        BsonDocument change,
        CancellationToken cancellationToken
    )
    {
        BsonDocument filter = new BsonDocument(_thisCluster).Merge(expected);
        UpdateResult result = await Within(
            token => Collection().UpdateOneAsync(filter, change, options: null, token),
            cancellationToken
        );
        return result.MatchedCount > 0;
    }

    /// <summary>Creates the cluster's document, unless it exists.</summary>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public async Task Make(BsonDocument members, CancellationToken cancellationToken)
    {
        try
        {
            await Within(
                token =>
                    Collection()
                        .UpdateOneAsync(
                            _thisCluster,
                            new BsonDocument("$setOnInsert", members),
                            new UpdateOptions { IsUpsert = true },
                            token
                        ),
                cancellationToken
            );
        }
        catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
        {
            // Another silo created it concurrently.
        }
    }

    /// <summary>Deletes the document of a cluster.</summary>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public Task Delete(string cluster, CancellationToken cancellationToken) =>
        Within(
            token =>
                Collection().DeleteOneAsync(new BsonDocument(ClusterDocument.Id, cluster), token),
            cancellationToken
        );

    private async Task<T> Within<T>(
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

    private IMongoCollection<BsonDocument> Collection() =>
        _database.Durable(options.CollectionPrefix + CollectionName);
}
