using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Three nodes for tests that cause no faults.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public RunningCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Cluster = await RunningCluster.Start(
            settings: new Dictionary<string, string>
            {
                // To sign thousands of users in takes longer than the default on a busy machine.
                ["ACCESS_TOKEN_LIFETIME"] = "01:00:00",
            }
        );

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedClusterTests : ICollectionFixture<SharedCluster>
{
    public const string Name = "cluster";
}
