using Microsoft.Extensions.Configuration;

namespace SessionAuth.Clustering.Endpoints;

/// <summary>The cluster that a node belongs to, and the endpoints at which other nodes reach it.</summary>
public sealed class ClusterSettings
{
    /// <summary>Whether the process is a silo, a front end or both.</summary>
    [ConfigurationKeyName("ORLEANS_ROLE")]
    public ClusterRole Role { get; set; } = ClusterRole.Node;

    /// <summary>The cluster id: silos with the same id find each other.</summary>
    [ConfigurationKeyName("CLUSTER_ID")]
    public string ClusterId { get; set; } = "sessionauth";

    /// <summary>The service id: it stays the same when a new cluster replaces an old one.</summary>
    [ConfigurationKeyName("SERVICE_ID")]
    public string ServiceId { get; set; } = "sessionauth";

    /// <summary>The network of the silos. Any process that can connect to a gateway can call any grain.</summary>
    [ConfigurationKeyName("CLUSTER_NETWORK")]
    public ClusterNetwork Network { get; set; } = ClusterNetwork.Loopback;

    /// <summary>The IP address or host name at which other silos and clients reach this silo.</summary>
    [ConfigurationKeyName("ADVERTISED_ADDRESS")]
    public string? AdvertisedAddress { get; set; }

    /// <summary>The port for other silos; null for <c>PORT</c> + 10000.</summary>
    [ConfigurationKeyName("SILO_PORT")]
    public int? SiloPort { get; set; }

    /// <summary>The port for clients; null for <c>PORT</c> + 20000.</summary>
    [ConfigurationKeyName("GATEWAY_PORT")]
    public int? GatewayPort { get; set; }

    /// <summary>The port of the front end, from which the defaults of the other two are computed.</summary>
    [ConfigurationKeyName("PORT")]
    public int Port { get; set; } = 5080;

    /// <summary>The port for other silos.</summary>
    public int SiloPortInUse => SiloPort ?? Port + 10000;

    /// <summary>The port for clients.</summary>
    public int GatewayPortInUse => GatewayPort ?? Port + 20000;
}

/// <summary>What a process of a cluster hosts.</summary>
public enum ClusterRole
{
    /// <summary>Front end and silo.</summary>
    Node,

    /// <summary>A silo without a front end.</summary>
    Silo,

    /// <summary>A front end without a silo.</summary>
    Client,
}

/// <summary>The kind of network between the silos, whose ports have no authentication.</summary>
public enum ClusterNetwork
{
    /// <summary>The loopback interface of one machine.</summary>
    Loopback,

    /// <summary>A network that, as the operator asserts, only the cluster can reach.</summary>
    Private,
}
