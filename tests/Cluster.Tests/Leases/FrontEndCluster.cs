using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests.Leases;

/// <summary>Two nodes and a front end without a silo, each on a host of its own.</summary>
public sealed class FrontEndCluster : IAsyncLifetime
{
    /// <summary>The number of the front end.</summary>
    public const int FrontEnd = 2;

    public CuttableCluster Hosts { get; private set; } = null!;

    public RunningCluster Cluster => Hosts.Cluster;

    public IReadOnlyList<ClusterNode> Nodes => Cluster.Nodes;

    /// <summary>One of the nodes with a silo.</summary>
    public ClusterNode AnySilo() => Nodes[Random.Shared.Next(FrontEnd)];

    public async Task InitializeAsync() =>
        Hosts = await CuttableCluster.Start(roles: ["node", "node", "client"]);

    public async Task DisposeAsync() => await Hosts.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class FrontEndClusterTests : ICollectionFixture<FrontEndCluster>
{
    public const string Name = "cluster with a front end";
}
