using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using SessionAuth.Cluster.Tests.Running;
using SessionAuth.Testing.Programs;

namespace SessionAuth.Cluster.Tests;

/// <summary>Who can reach the silo ports, which have no authentication.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class NetworkTests(SharedCluster shared) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(DisplayName = "S-59 Silo and gateway ports listen on loopback only")]
    public void Silo_and_gateway_ports_listen_on_loopback_only()
    {
        int[] ports =
        [
            .. shared.Cluster.Nodes.SelectMany(node =>
                new[] { node.Port + 10_000, node.Port + 20_000 }
            ),
        ];
        IPEndPoint[] listening =
        [
            .. IPGlobalProperties
                .GetIPGlobalProperties()
                .GetActiveTcpListeners()
                .Where(endpoint => ports.Contains(endpoint.Port)),
        ];

        Assert.Equal(ports.Order(), listening.Select(endpoint => endpoint.Port).Order());
        Assert.All(listening, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address)));
    }

    [Theory(DisplayName = "S-59 Silo that other machines could reach does not start")]
    [InlineData("CLUSTER_NETWORK", "public")]
    [InlineData("CLUSTER_NETWORK", "")]
    [InlineData("CLUSTER_NETWORK", "private")]
    [InlineData("ADVERTISED_ADDRESS", "0.0.0.0")]
    [InlineData("ADVERTISED_ADDRESS", "192.0.2.1")]
    [InlineData("ADVERTISED_ADDRESS", "silo.example.org")]
    public async Task Silo_that_other_machines_could_reach_does_not_start(
        string setting,
        string value
    )
    {
        Dictionary<string, string> environment = RunningCluster.Settings(
            shared.Cluster.Mongo.ConnectionString
        );
        environment["PORT"] = RunningCluster.FreePorts(1)[0].ToString(CultureInfo.InvariantCulture);
        environment[setting] = value;

        (int exitCode, string output) = await NodeProgram.RunToItsEnd(_directory, environment);

        Assert.Equal(1, exitCode);
        Assert.Contains(setting, output, StringComparison.Ordinal);
        Assert.StartsWith(
            "SessionAuth cannot start.",
            output.TrimStart(),
            StringComparison.Ordinal
        );
    }
}
