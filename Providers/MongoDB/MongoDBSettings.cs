using Microsoft.Extensions.Configuration;

namespace SessionAuth.Providers.MongoDB;

/// <summary>The settings of a node that uses MongoDB.</summary>
public sealed class MongoDBSettings
{
    /// <summary>The connection string. It is never printed, because it contains a password.</summary>
    [ConfigurationKeyName("MONGO_URL")]
    public string? MongoUrl { get; set; }

    /// <summary>The name of the database.</summary>
    [ConfigurationKeyName("MONGO_DATABASE")]
    public string MongoDatabase { get; set; } = "sessionauth";

    /// <summary>The network between the node and the database.</summary>
    [ConfigurationKeyName("MONGO_NETWORK")]
    public MongoNetwork MongoNetwork { get; set; } = MongoNetwork.Public;

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}

/// <summary>The kind of network between a node and its database.</summary>
public enum MongoNetwork
{
    /// <summary>A network that others can reach: a database on another machine requires TLS and a user.</summary>
    Public,

    /// <summary>A network that, as the operator asserts, only the cluster can reach.</summary>
    Private,
}
