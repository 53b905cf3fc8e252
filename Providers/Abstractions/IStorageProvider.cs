namespace SessionAuth.Providers;

/// <summary>
/// A database in which a node can store its grains. A provider is one project with a class that implements this, and
/// one line in the silo's list of providers.
/// </summary>
public interface IStorageProvider
{
    /// <summary>
    /// The setting that selects the provider, such as <c>MONGO_URL</c>; null for the default provider.
    /// </summary>
    string? SelectedBy { get; }

    /// <summary>
    /// Whether several processes can share the database. If so, the node belongs to a cluster, whose members find each
    /// other in the provider's membership table; if not, the node is embedded.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Adds grain storage to a silo, and the membership table if the provider is shared.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="states">The states to store.</param>
    void AddTo(ISiloBuilder silo, StoredStates states);

    /// <summary>Lets a client find the silos of its cluster. Called only when the provider is shared.</summary>
    /// <param name="client">The client.</param>
    void AddTo(IClientBuilder client);
}

/// <summary>The states that a silo stores.</summary>
/// <param name="StorageName">The name by which grains ask for the storage.</param>
/// <param name="Key">Makes the id of a grain's document.</param>
/// <param name="Model">Which members expire, are scheduled or are looked up.</param>
public sealed record StoredStates(string StorageName, Func<GrainId, string> Key, StateModel Model);
