using System.Net;
using System.Net.NetworkInformation;

namespace SessionAuth.Cluster.Tests;

/// <summary>Who can reach the silo ports, which have no authentication.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class NetworkTests(SharedCluster shared)
{
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
}
