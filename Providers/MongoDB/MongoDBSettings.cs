using Microsoft.Extensions.Configuration;

namespace SessionAuth.Providers.MongoDB;

/// <summary>How a node reaches its database.</summary>
public sealed class MongoDBSettings
{
    /// <summary>The connection string. Never printed: it contains a password.</summary>
    [ConfigurationKeyName("MONGO_URL")]
    public string? MongoUrl { get; set; }

    /// <summary>The database's name.</summary>
    [ConfigurationKeyName("MONGO_DATABASE")]
    public string MongoDatabase { get; set; } = "sessionauth";

    /// <summary>
    /// <c>public</c>: a database on another machine is reached over TLS and as a user; or <c>private</c>: the operator's
    /// word that nobody else reaches the network of the database.
    /// </summary>
    [ConfigurationKeyName("MONGO_NETWORK")]
    public string MongoNetwork { get; set; } = "public";

    /// <inheritdoc/>
    public override string ToString() => "[redacted]";
}
