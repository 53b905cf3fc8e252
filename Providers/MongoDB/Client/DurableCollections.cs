using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Collections with durable writes and linearizable reads.</summary>
internal static class DurableCollections
{
    /// <summary>
    /// A collection whose writes are acknowledged once a majority has journaled them, and whose reads are linearizable.
    /// </summary>
    /// <remarks>
    /// A primary that was partitioned remains one in its own view until it steps down: with a weaker read concern, it
    /// would return a session as live that was revoked at its successor.
    /// </remarks>
    public static IMongoCollection<BsonDocument> Durable(this IMongoDatabase database, string name)
    {
        IMongoCollection<BsonDocument> collection = database
            .GetCollection<BsonDocument>(name)
            .WithReadPreference(ReadPreference.Primary)
            .WithWriteConcern(WriteConcern.WMajority.With(journal: true));
        // A standalone server does not support linearizable reads, and does not need them.
        bool isStandalone =
            database.Client.Cluster.Description.Type
            is ClusterType.Standalone
                or ClusterType.Unknown;
        return isStandalone ? collection : collection.WithReadConcern(ReadConcern.Linearizable);
    }
}
