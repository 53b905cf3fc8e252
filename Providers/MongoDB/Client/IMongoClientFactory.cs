using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Gives the providers their client; all share one, and with it one pool of connections.</summary>
public interface IMongoClientFactory
{
    /// <summary>The client that belongs to a name.</summary>
    /// <param name="name">The name of whoever asks: a storage, the membership table.</param>
    IMongoClient Create(string name);
}
