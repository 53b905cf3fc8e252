using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>
/// The operations on stored documents. One whose outcome is unknown because the connection broke is tried once
/// more: the version that it writes is its own, so that a write that did happen is known again.
/// </summary>
internal sealed class StateCollections(
    IMongoClient client,
    MongoDBGrainStorageOptions options,
    TimeProvider clock,
    ILogger<MongoGrainStorage> logger
) : IDisposable
{
    private const int KeptFree = 4;

    private static readonly ReplaceOptions NeverInsert = new() { IsUpsert = false };

    private readonly IMongoDatabase _database = client.GetDatabase(options.DatabaseName);

    // The driver refuses whoever comes when a few hundred wait for a connection. Here they wait in line, and leave
    // connections for the membership table.
    private readonly SemaphoreSlim _connections = new(
        Math.Max(1, client.Settings.MaxConnectionPoolSize - KeptFree)
    );
    private readonly ConcurrentDictionary<string, IMongoCollection<BsonDocument>> _collections = [];

    public IMongoClient Client => client;

    public void Dispose() => _connections.Dispose();

    /// <exception cref="StorageRefusedException">The state's name cannot name a collection.</exception>
    public IMongoCollection<BsonDocument> Collection(string state) =>
        _collections.TryGetValue(state, out IMongoCollection<BsonDocument>? known)
            ? known
            : Learn(state);

    /// <summary>The document, or null where there is none.</summary>
    public Task<BsonDocument?> Read(string state, string id, CancellationToken cancellationToken) =>
        Within(
            async token =>
                (BsonDocument?)
                    await Collection(state).Find(ById(id)).Limit(1).FirstOrDefaultAsync(token),
            cancellationToken
        );

    /// <summary>Inserts, where nothing is replaced, or replaces that version and no other.</summary>
    /// <returns>False when another version is stored, or, where one is replaced, none.</returns>
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
                ? Insert(collection, document, token)
                : Replace(collection, document, replaced, token);

        async Task<bool> IsStored(CancellationToken token) =>
            await collection.Find(Version(id, document[StateFields.ETag].AsString)).AnyAsync(token);
    }

    /// <summary>Deletes that version and no other.</summary>
    /// <returns>False when another version is stored, or none.</returns>
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
            (await collection.DeleteOneAsync(Version(id, replaced), token)).DeletedCount > 0;

        Task<bool> IsThere(CancellationToken token) => collection.Find(ById(id)).AnyAsync(token);
    }

    /// <summary>Runs what changes nothing within its time; what goes wrong is the caller's exception.</summary>
    /// <exception cref="StorageUnavailableException">The database did not do it.</exception>
    /// <exception cref="StorageRefusedException">The database will never do it.</exception>
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
        bool again = false;
        return Within(
            Twice,
            error => again || !MongoFailure.HasChangedNothing(error),
            cancellationToken
        );

        async Task<bool> Twice(CancellationToken token)
        {
            try
            {
                return await once(token);
            }
            catch (Exception e) when (MongoFailure.IsTransient(e))
            {
                // Whatever comes of the second try, the first one may have happened.
                again = true;
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

    private static async Task<bool> Insert(
        IMongoCollection<BsonDocument> collection,
        BsonDocument document,
        CancellationToken cancellationToken
    )
    {
        // A document that kept us out and is gone when we look was there for a moment: the next try tells.
        for (bool last = false; ; last = true)
        {
            try
            {
                await collection.InsertOneAsync(document, options: null, cancellationToken);
                return true;
            }
            catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
            {
                // The server says in words alone which unique index it was. Where it is not that of ids, another
                // document is in the way, and no other version of this one.
                BsonDocument sameId = ById(document[StateFields.Id].AsString);
                if (await collection.Find(sameId).AnyAsync(cancellationToken))
                    return false;
                if (last)
                    throw;
            }
        }
    }

    private static async Task<bool> Replace(
        IMongoCollection<BsonDocument> collection,
        BsonDocument document,
        string replaced,
        CancellationToken cancellationToken
    )
    {
        ReplaceOneResult result = await collection.ReplaceOneAsync(
            Version(document[StateFields.Id].AsString, replaced),
            document,
            NeverInsert,
            cancellationToken
        );
        return result.MatchedCount > 0;
    }

    private IMongoCollection<BsonDocument> Learn(string state)
    {
        CollectionNames.Require(options, state);
        IMongoCollection<BsonDocument> collection = _database.Durable(
            options.CollectionPrefix + state
        );
        // Before the first contact nobody knows what kind of server it is, and how it is to be asked.
        if (client.Cluster.Description.State == ClusterState.Connected)
            _collections.TryAdd(state, collection);
        return collection;
    }

    private static BsonDocument ById(string id) => new(StateFields.Id, id);

    private static BsonDocument Version(string id, string etag) =>
        new() { { StateFields.Id, id }, { StateFields.ETag, etag } };
}
