using SessionAuth.Providers.MongoDB.Client;

namespace SessionAuth.Providers.MongoDB.Gateways;

/// <summary>Options of the gateway list, which clients read from the cluster's membership table.</summary>
public sealed class MongoDBGatewayListProviderOptions : MongoDBOptions
{
    /// <summary>How old a client's list may become before it is read again. Default: five seconds.</summary>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(5);
}
