using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Domain.SignIn;

/// <summary>The network of a client: an IPv4 /24, or an IPv6 /64 with the /56 and /48 that contain it.</summary>
/// <remarks>
/// An IPv6 customer commonly has a /56 or a /48 (RFC 6177), and can use another /64 for each attempt. An IPv4 address
/// embedded in an IPv6 address counts as IPv4: IPv4-mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
/// </remarks>
public sealed record ClientNetwork
{
    /// <summary>The maximum number of networks that are counted for one client.</summary>
    public const int MaxNetworks = 3;

    private const int Ipv4Bytes = 3;

    // Prefix lengths in bytes, narrowest first: /64, /56, /48.
    private static readonly int[] s_ipv6Bytes = [8, 7, 6];
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork s_sixToFour = IPNetwork.Parse("2002::/16");

    internal ClientNetwork(IReadOnlyList<string> names) => Names = names;

    /// <summary>The networks, narrowest first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The narrowest network, in which a client stays while its IP address changes.</summary>
    public string Narrowest => Names[0];

    /// <summary>The widest network.</summary>
    public string Widest => Names[^1];

    /// <summary>Determines the network of an IP address.</summary>
    public static ClientNetwork Of(IPAddress client)
    {
        IPAddress address = Ipv4In(client) ?? client;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new([Name(address, Ipv4Bytes)])
            : new([.. s_ipv6Bytes.Select(kept => Name(address, kept))]);
    }

    private static IPAddress? Ipv4In(IPAddress client)
    {
        if (client.IsIPv4MappedToIPv6)
            return client.MapToIPv4();
        if (client.AddressFamily != AddressFamily.InterNetworkV6)
            return null;

        ReadOnlySpan<byte> bytes = client.GetAddressBytes();
        return s_nat64.Contains(client) ? new IPAddress(bytes[12..])
            : s_sixToFour.Contains(client) ? new IPAddress(bytes[2..6])
            : null;
    }

    private static string Name(IPAddress address, int kept)
    {
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}-{kept * 8}";
    }
}
