using MongoDB.Bson;
using MongoDB.Driver;
using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Storage;

/// <summary>Conditional writes of a document (optimistic concurrency).</summary>
internal static class StateWrites
{
    private static readonly ReplaceOptions s_neverInsert = new() { IsUpsert = false };

    /// <summary>Inserts a document.</summary>
    /// <returns>False when a document with its id exists.</returns>
    public static async Task<bool> Insert(
        this IMongoCollection<BsonDocument> collection,
        BsonDocument document,
        CancellationToken cancellationToken
    )
    {
        // A conflicting document may have been deleted before the check for its id: then the insertion is retried once.
        for (bool last = false; ; last = true)
        {
            try
            {
                await collection.InsertOneAsync(document, options: null, cancellationToken);
                return true;
            }
            catch (MongoWriteException e) when (MongoFailure.IsDuplicateKey(e))
            {
                // The error names the unique index only in its text. If it is not that of the id, the conflict is with
                // another document and not with another version of this one.
                BsonDocument sameId = ById(document[StateFields.Id].AsString);
                if (await collection.Find(sameId).AnyAsync(cancellationToken))
                    return false;
                if (last)
                    throw;
            }
        }
    }

    /// <summary>Replaces the version with that etag.</summary>
    /// <returns>False on a conflict: another version is stored, or none.</returns>
    public static async Task<bool> Replace(
        this IMongoCollection<BsonDocument> collection,
        BsonDocument document,
        string replaced,
        CancellationToken cancellationToken
    )
    {
        ReplaceOneResult result = await collection.ReplaceOneAsync(
            Version(document[StateFields.Id].AsString, replaced),
            document,
            s_neverInsert,
            cancellationToken
        );
        return result.MatchedCount > 0;
    }

    /// <summary>A filter for any version of a document.</summary>
    public static BsonDocument ById(string id) => new(StateFields.Id, id);

    /// <summary>A filter for one version of a document.</summary>
    public static BsonDocument Version(string id, string etag) =>
        new() { { StateFields.Id, id }, { StateFields.ETag, etag } };
}
