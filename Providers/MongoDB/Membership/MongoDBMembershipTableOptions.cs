using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Membership;

/// <summary>Settings of the membership table: one document for each cluster.</summary>
/// <remarks>
/// Whoever can write this collection controls the cluster: the database's user should be the cluster's own.
/// </remarks>
public sealed class MongoDBMembershipTableOptions : MongoDBOptions;
