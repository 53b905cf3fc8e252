using System.Net;
using SessionAuth.Domain;

namespace SessionAuth.Api.Devices;

/// <summary>What a request tells of the device that it comes from.</summary>
internal static class ClientDescription
{
    /// <summary>The client's address as text; an IPv4 address mapped into IPv6 is written as IPv4.</summary>
    public static string ClientAddress(this HttpContext context) => context.ClientIp().ToString();

    /// <summary>The client's address, behind a trusted proxy the one that it names.</summary>
    public static IPAddress ClientIp(this HttpContext context) =>
        (context.Connection.RemoteIpAddress ?? IPAddress.None).Unmapped();

    /// <summary>An IPv4 address mapped into IPv6 as what it is (ASVS 15.3.4); any other as it stands.</summary>
    public static IPAddress Unmapped(this IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The device as its user will see it in the list.</summary>
    public static ClientDevice Device(this HttpContext context)
    {
        string agent = context.Request.Headers.UserAgent.ToString();
        return new(UserAgent.Browser(agent), UserAgent.System(agent), context.ClientAddress());
    }
}
