using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Cluster.Tests.Running;

namespace SessionAuth.Cluster.Tests;

/// <summary>Who can reach the ports of silos, which know no passwords.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class NetworkTests(SharedCluster shared) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(DisplayName = "S-59 The ports of silos and gateways listen on loopback alone")]
    public void The_ports_of_silos_listen_on_loopback_alone()
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

    [Theory(DisplayName = "S-59 A silo that others could reach does not start")]
    [InlineData("CLUSTER_NETWORK", "public")]
    [InlineData("CLUSTER_NETWORK", "")]
    [InlineData("CLUSTER_NETWORK", "private")]
    [InlineData("ADVERTISED_ADDRESS", "0.0.0.0")]
    [InlineData("ADVERTISED_ADDRESS", "192.0.2.1")]
    [InlineData("ADVERTISED_ADDRESS", "silo.example.org")]
    public async Task A_silo_that_others_could_reach_does_not_start(string setting, string value)
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
