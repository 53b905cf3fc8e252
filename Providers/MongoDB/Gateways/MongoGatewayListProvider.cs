using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;
using Orleans.Configuration;
using Orleans.Messaging;
using SessionAuth.Providers.MongoDB.Client;
using SessionAuth.Providers.MongoDB.Membership;

namespace SessionAuth.Providers.MongoDB.Gateways;

/// <summary>Reads the gateways of active silos from the membership table.</summary>
internal sealed class MongoGatewayListProvider(
    IMongoClientFactory clients,
    IOptions<MongoDBGatewayListProviderOptions> options,
    IOptions<ClusterOptions> cluster,
    MongoStart start
) : IGatewayListProvider
{
    private readonly IMongoClient _client = clients.Create(nameof(MongoGatewayListProvider));
    private ClusterDocuments Documents =>
        field ??= new(_client, options.Value, cluster.Value.ClusterId);

    public TimeSpan MaxStaleness => options.Value.MaxStaleness;

    [Obsolete("Orleans treats every list as updatable.")]
    public bool IsUpdatable => true;

    public Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken) =>
        start.UntilDone(_client, "the list of gateways", Documents.Read, cancellationToken);

    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken)
    {
        BsonDocument? document = await Documents.Read(cancellationToken);
        return
        [
            .. (document?[ClusterDocument.Members].AsBsonDocument.Values ?? [])
                .Select(member => MemberDocument.Gateway(member.AsBsonDocument))
                .OfType<Uri>(),
        ];
    }

    Task IGatewayListProvider.InitializeGatewayListProvider() =>
        InitializeGatewayListProviderAsync(CancellationToken.None);

    Task<IList<Uri>> IGatewayListProvider.GetGateways() => GetGatewaysAsync(CancellationToken.None);
}
