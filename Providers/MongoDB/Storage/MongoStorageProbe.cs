using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Probes the storage by a write to a collection of its own, as durable as those of grains.</summary>
internal sealed class MongoStorageProbe(StateCollections collections, TimeProvider clock)
    : IStorageProbe
{
    private const string Collection = "probe";

    private static readonly BsonDocument Row = new(StateFields.Id, "probe");

    public async Task<bool> CanWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await collections.Within(Write, cancellationToken);
        }
        catch (Exception e) when (e is StorageUnavailableException or StorageRefusedException)
        {
            return false;
        }
    }

    private async Task<bool> Write(CancellationToken cancellationToken)
    {
        try
        {
            await collections
                .Collection(Collection)
                .UpdateOneAsync(
                    Row,
                    new BsonDocument(
                        "$set",
                        new BsonDocument("at", new BsonDateTime(clock.GetUtcNow().UtcDateTime))
                    ),
                    new UpdateOptions { IsUpsert = true },
                    cancellationToken
                );
        }
        catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
        {
            // Another node created the document concurrently: the database accepts writes.
        }
        return true;
    }
}
