using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// The operations on stored documents. A write whose outcome is unknown because the connection failed is retried once:
/// its etag is unique, so that a write that was applied is recognised.
/// </summary>
internal sealed class StateCollections(
    IMongoClient client,
    MongoDBGrainStorageOptions options,
    TimeProvider clock,
    ILogger<MongoGrainStorage> logger
) : IDisposable
{
    private const int ReservedConnections = 4;

    private readonly IMongoDatabase _database = client.GetDatabase(options.DatabaseName);

    // The driver fails operations when a few hundred wait for a connection. Here they queue without a limit, and leave
    // connections for the membership table.
    private readonly SemaphoreSlim _connections = new(
        Math.Max(1, client.Settings.MaxConnectionPoolSize - ReservedConnections)
    );
    private readonly ConcurrentDictionary<string, IMongoCollection<BsonDocument>> _collections = [];

    public IMongoClient Client => client;

    public void Dispose() => _connections.Dispose();

    /// <exception cref="StorageRefusedException">The state's name cannot name a collection.</exception>
    public IMongoCollection<BsonDocument> Collection(string state) =>
        _collections.TryGetValue(state, out IMongoCollection<BsonDocument>? known)
            ? known
            : Open(state);

    /// <summary>The document; null when there is none.</summary>
    public Task<BsonDocument?> Read(string state, string id, CancellationToken cancellationToken) =>
        Within(
            async token =>
                (BsonDocument?)
                    await Collection(state)
                        .Find(StateWrites.ById(id))
                        .Limit(1)
                        .FirstOrDefaultAsync(token),
            cancellationToken
        );

    /// <summary>
    /// Inserts the document if <c>replaced</c> is null, otherwise replaces the version with that etag.
    /// </summary>
    /// <returns>False on a conflict: another version is stored, or the one to replace is gone.</returns>
    public Task<bool> Store(
        string state,
        BsonDocument document,
        string? replaced,
        CancellationToken cancellationToken
    )
    {
        IMongoCollection<BsonDocument> collection = Collection(state);
        string id = document[StateFields.Id].AsString;
        return Change(Once, IsStored, cancellationToken);

        Task<bool> Once(CancellationToken token) =>
            replaced is null
                ? collection.Insert(document, token)
                : collection.Replace(document, replaced, token);

        async Task<bool> IsStored(CancellationToken token) =>
            await collection
                .Find(StateWrites.Version(id, document[StateFields.ETag].AsString))
                .AnyAsync(token);
    }

    /// <summary>Deletes the version with that etag.</summary>
    /// <returns>False on a conflict: another version is stored, or none.</returns>
    public Task<bool> Delete(
        string state,
        string id,
        string replaced,
        CancellationToken cancellationToken
    )
    {
        IMongoCollection<BsonDocument> collection = Collection(state);
        return Change(Once, async token => !await IsThere(token), cancellationToken);

        async Task<bool> Once(CancellationToken token) =>
            (await collection.DeleteOneAsync(StateWrites.Version(id, replaced), token)).DeletedCount
            > 0;

        Task<bool> IsThere(CancellationToken token) =>
            collection.Find(StateWrites.ById(id)).AnyAsync(token);
    }

    /// <summary>Runs an operation that changes nothing, or whose outcome does not matter, within the timeout.</summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable.</exception>
    /// <exception cref="StorageRefusedException">The database refuses the operation for good.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public Task<T> Within<T>(
        Func<CancellationToken, Task<T>> operation,
        CancellationToken cancellationToken
    ) => Within(operation, _ => false, cancellationToken);

    private Task<bool> Change(
        Func<CancellationToken, Task<bool>> once,
        Func<CancellationToken, Task<bool>> hasHappened,
        CancellationToken cancellationToken
    )
    {
        bool isRetry = false;
        return Within(
            WithRetry,
            error => isRetry || !MongoFailure.HasChangedNothing(error),
            cancellationToken
        );

        async Task<bool> WithRetry(CancellationToken token)
        {
            try
            {
                return await once(token);
            }
            catch (Exception e) when (MongoFailure.IsTransient(e))
            {
                // Whatever the outcome of the retry, the first attempt may have been applied.
                isRetry = true;
                return await once(token) || await hasHappened(token);
            }
        }
    }

    private async Task<T> Within<T>(
        Func<CancellationToken, Task<T>> operation,
        Func<Exception, bool> isOutcomeUnknown,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource deadline = new(options.OperationTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token,
            cancellationToken
        );
        bool begun = false;
        try
        {
            await _connections.WaitAsync(either.Token);
            try
            {
                begun = true;
                return await operation(either.Token);
            }
            finally
            {
                _connections.Release();
            }
        }
        catch (Exception e)
            when (e is MongoException or TimeoutException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            logger.OperationFailed(e);
            throw MongoFailure.ForCaller(e, begun && isOutcomeUnknown(e));
        }
    }

    private IMongoCollection<BsonDocument> Open(string state)
    {
        CollectionNames.Require(options, state);
        IMongoCollection<BsonDocument> collection = _database.Durable(
            options.CollectionPrefix + state
        );
        // The read concern depends on the kind of server, which is unknown until the client has connected.
        if (client.Cluster.Description.State == ClusterState.Connected)
            _collections.TryAdd(state, collection);
        return collection;
    }
}
