using System.Globalization;
using SessionAuth.Cluster.Tests.Running;
using SessionAuth.MongoServer;

namespace SessionAuth.Cluster.Tests;

/// <summary>Nodes that start before their database.</summary>
public sealed class DatabaseStartTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
    private MongoProcess _mongo = null!;
    private ClusterNode _node = null!;

    public async Task InitializeAsync()
    {
        _mongo = await MongoProcess.Start();
        await _mongo.Stop();
        _node = NewNode();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _mongo.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Node_waits_for_a_database_that_is_not_available_yet()
    {
        Task starting = _node.Start();
        await LogsThatItWaits();
        Assert.False(starting.IsCompleted);
        await _mongo.StartAgain();

        await starting;
    }

    [Fact]
    public async Task Node_that_waits_for_its_database_stops_on_request()
    {
        Task<int> running = _node.RunToItsEnd(TimeSpan.FromSeconds(60));
        await LogsThatItWaits();
        await _node.Terminate();

        Assert.Equal(0, await running);
        Assert.DoesNotContain("Unhandled", _node.Output, StringComparison.Ordinal);
    }

    private ClusterNode NewNode()
    {
        int port = FreePort.ForNode();
        Dictionary<string, string> settings = RunningCluster.Settings(_mongo.ConnectionString);
        settings["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        return new(port, "localhost", settings, _directory);
    }

    private Task LogsThatItWaits() =>
        Eventually.Holds(
            TimeSpan.FromSeconds(60),
            () =>
                _node.Output.Contains(
                    "the membership table is not available yet",
                    StringComparison.Ordinal
                )
        );
}
