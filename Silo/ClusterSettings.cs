using Microsoft.Extensions.Configuration;

namespace SessionAuth.Silo;

/// <summary>How a node of a cluster finds the others, and how they find it.</summary>
public sealed class ClusterSettings
{
    /// <summary>What the process is: <c>node</c> (front end and silo), <c>silo</c> or <c>client</c> (front end).</summary>
    [ConfigurationKeyName("ORLEANS_ROLE")]
    public string Role { get; set; } = "node";

    /// <summary>The cluster: silos with the same id find each other.</summary>
    [ConfigurationKeyName("CLUSTER_ID")]
    public string ClusterId { get; set; } = "sessionauth";

    /// <summary>The service: stays the same when a cluster takes another's place.</summary>
    [ConfigurationKeyName("SERVICE_ID")]
    public string ServiceId { get; set; } = "sessionauth";

    /// <summary>
    /// <c>loopback</c>, or <c>private</c>: the operator's word that nobody else reaches the network that the silos
    /// talk over. Whoever reaches a gateway can call any grain.
    /// </summary>
    [ConfigurationKeyName("CLUSTER_NETWORK")]
    public string Network { get; set; } = "loopback";

    /// <summary>The address, or name, at which the other silos and the clients reach this one.</summary>
    [ConfigurationKeyName("ADVERTISED_ADDRESS")]
    public string? AdvertisedAddress { get; set; }

    /// <summary>The port for other silos; by default <c>PORT</c> and 10000.</summary>
    [ConfigurationKeyName("SILO_PORT")]
    public int? SiloPort { get; set; }

    /// <summary>The port for clients; by default <c>PORT</c> and 20000.</summary>
    [ConfigurationKeyName("GATEWAY_PORT")]
    public int? GatewayPort { get; set; }

    /// <summary>The port of the front end, which the others follow from.</summary>
    [ConfigurationKeyName("PORT")]
    public int Port { get; set; } = 5080;

    /// <summary>The port for other silos.</summary>
    public int SiloPortInUse => SiloPort ?? Port + 10000;

    /// <summary>The port for clients.</summary>
    public int GatewayPortInUse => GatewayPort ?? Port + 20000;
}
