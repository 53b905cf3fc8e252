using System.Net;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Devices;

/// <summary>Describes the client of a request.</summary>
internal static class ClientDescription
{
    /// <summary>The client's network, by which attempts are throttled.</summary>
    public static ClientNetwork ClientNetwork(this HttpContext context) =>
        Domain.SignIn.ClientNetwork.Of(context.ClientIp());

    /// <summary>The client's IP address as text. IPv4-mapped IPv6 addresses are converted to IPv4.</summary>
    public static string ClientIpAddress(this HttpContext context) => context.ClientIp().ToString();

    /// <summary>The client's IP address; behind a trusted proxy, the forwarded one.</summary>
    public static IPAddress ClientIp(this HttpContext context) =>
        (context.Connection.RemoteIpAddress ?? IPAddress.None).Unmapped();

    /// <summary>Converts an IPv4-mapped IPv6 address to IPv4 (ASVS 15.3.4).</summary>
    public static IPAddress Unmapped(this IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The device, as shown in the device list.</summary>
    public static ClientDevice Device(this HttpContext context)
    {
        string agent = context.Request.Headers.UserAgent.ToString();
        return new(UserAgent.Browser(agent), UserAgent.System(agent), context.ClientIpAddress());
    }
}
