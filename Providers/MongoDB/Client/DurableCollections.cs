using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Collections whose answers hold: what was written stays, what is read is the newest.</summary>
internal static class DurableCollections
{
    /// <summary>
    /// A collection whose writes are answered when a majority has them in its journal, and whose reads are
    /// answered by the server that a majority takes for the primary.
    /// </summary>
    /// <remarks>
    /// A primary that was cut off goes on believing in itself until it notices: read with any weaker concern, it
    /// would show a session as live that was revoked on its successor.
    /// </remarks>
    public static IMongoCollection<BsonDocument> Durable(this IMongoDatabase database, string name)
    {
        IMongoCollection<BsonDocument> collection = database
            .GetCollection<BsonDocument>(name)
            .WithReadPreference(ReadPreference.Primary)
            .WithWriteConcern(WriteConcern.WMajority.With(journal: true));
        // A standalone server has nobody to agree with, and refuses to be asked for it.
        bool alone =
            database.Client.Cluster.Description.Type
            is ClusterType.Standalone
                or ClusterType.Unknown;
        return alone ? collection : collection.WithReadConcern(ReadConcern.Linearizable);
    }
}
