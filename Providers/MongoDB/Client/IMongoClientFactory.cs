using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>
/// Creates the client of the providers. By default they all share one client and its connection pool.
/// </summary>
public interface IMongoClientFactory
{
    /// <summary>The client for a provider.</summary>
    /// <param name="name">The name of the provider, such as that of a storage.</param>
    IMongoClient Create(string name);
}
