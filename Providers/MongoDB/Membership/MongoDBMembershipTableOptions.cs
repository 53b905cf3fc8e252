using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>Options of the membership table: one document for each cluster.</summary>
/// <remarks>
/// Write access to this collection means control of the cluster: give the cluster a database user of its own.
/// </remarks>
public sealed class MongoDBMembershipTableOptions : MongoDBOptions;
