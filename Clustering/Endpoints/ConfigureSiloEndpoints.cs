using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace SessionAuth.Clustering.Endpoints;

/// <summary>Listens on the advertised IP address only, never on all interfaces.</summary>
internal sealed class ConfigureSiloEndpoints(IOptions<ClusterSettings> settings)
    : IConfigureOptions<EndpointOptions>
{
    public void Configure(EndpointOptions options)
    {
        ClusterSettings cluster = settings.Value;
        IPAddress address = Address(cluster.AdvertisedAddress);
        options.AdvertisedIPAddress = address;
        options.SiloPort = cluster.SiloPortInUse;
        options.GatewayPort = cluster.GatewayPortInUse;
        options.SiloListeningEndpoint = new(address, cluster.SiloPortInUse);
        options.GatewayListeningEndpoint = new(address, cluster.GatewayPortInUse);
    }

    private static IPAddress Address(string? advertised)
    {
        if (string.IsNullOrEmpty(advertised) || advertised == "localhost")
            return IPAddress.Loopback;
        if (IPAddress.TryParse(advertised, out IPAddress? address))
            return address;
        try
        {
            IPAddress[] found = Dns.GetHostAddresses(advertised);
            return found.FirstOrDefault(ip => ip.AddressFamily == AddressFamily.InterNetwork)
                ?? found[0];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new OrleansConfigurationException(
                $"ADVERTISED_ADDRESS: the host name {advertised} cannot be resolved.",
                e
            );
        }
    }
}
