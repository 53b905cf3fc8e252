using System.Globalization;
using System.Net;
using MongoDB.Driver;
using SessionAuth.MongoServer;

namespace SessionAuth.Cluster.Tests.Running;

/// <summary>
/// A cluster whose nodes have separate hosts, each with a link to the database and one to the other nodes.
/// </summary>
public sealed class CuttableCluster : IAsyncDisposable
{
    private const int Port = 5080;

    private readonly CutNetwork _network;
    private readonly TcpRelay[] _relays;

    private CuttableCluster(CutNetwork network, TcpRelay[] relays, RunningCluster cluster)
    {
        _network = network;
        _relays = relays;
        Cluster = cluster;
    }

    public RunningCluster Cluster { get; }

    /// <param name="nodes">The number of nodes.</param>
    /// <param name="roles">The <c>ORLEANS_ROLE</c> of each node, if they differ.</param>
    public static async Task<CuttableCluster> Start(
        int nodes = 3,
        IReadOnlyList<string>? roles = null
    )
    {
        CutNetwork network = await CutNetwork.Create(nodes);
        MongoProcess mongo = await MongoProcess.Start();
        int database = new MongoUrl(mongo.ConnectionString).Server.Port;
        TcpRelay[] relays =
        [
            .. Enumerable.Range(0, nodes).Select(_ => new TcpRelay(CutNetwork.Database, database)),
        ];
        Dictionary<string, string> shared = RunningCluster.Settings("");
        shared["PUBLIC_URL"] = "https://nodeauth.dev";
        shared["API_URL"] = "https://api.nodeauth.dev";
        shared["ROOT_DOMAIN"] = "nodeauth.dev";
        shared["TRUSTED_PROXIES"] = CutNetwork.Browsers.ToString();
        shared["CLUSTER_NETWORK"] = "private";
        shared["MONGO_NETWORK"] = "private";
        RunningCluster cluster = await RunningCluster.Of(
            mongo,
            directory =>
                Enumerable
                    .Range(0, nodes)
                    .Select(host => new ClusterNode(
                        Port,
                        CutNetwork.Front(host),
                        new Dictionary<string, string>(shared)
                        {
                            ["PORT"] = Port.ToString(CultureInfo.InvariantCulture),
                            ["ADVERTISED_ADDRESS"] = CutNetwork.Back(host),
                            ["MONGO_URL"] = Url(relays[host].Endpoint),
                            ["ORLEANS_ROLE"] = roles?[host] ?? "node",
                        },
                        directory,
                        CutNetwork.On(host)
                    ))
        );
        return new(network, relays, cluster);
    }

    /// <summary>Cuts a node off from the database only.</summary>
    public void CutDatabase(int node) => _relays[node].Cut();

    public void RepairDatabase(int node) => _relays[node].Repair();

    /// <summary>Cuts a node off from the other nodes only.</summary>
    public Task CutFromOthers(int node) => _network.CutFromOthers(node);

    public Task RepairToOthers(int node) => _network.RepairToOthers(node);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        foreach (TcpRelay relay in _relays)
            await relay.DisposeAsync();
        await _network.DisposeAsync();
    }

    private static string Url(IPEndPoint database) => $"mongodb://{database}/?retryWrites=false";
}
