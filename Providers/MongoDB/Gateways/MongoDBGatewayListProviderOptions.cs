using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Gateways;

/// <summary>Settings of the list of gateways that clients find the cluster by: where its membership table is.</summary>
public sealed class MongoDBGatewayListProviderOptions : MongoDBOptions
{
    /// <summary>How long a client may go by the list that it has. Default: five seconds.</summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(5);
}
