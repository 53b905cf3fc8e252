using System.Net;
using Microsoft.Extensions.Primitives;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Api.Development;

/// <summary>
/// Whether a request comes straight from a program on this machine, and not by a proxy that stands on it: what then would
/// look local comes from anywhere.
/// </summary>
internal static class DirectRequest
{
    private static readonly string[] s_ofProxies =
    [
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Forwarded",
        // What the framework has made of headers that it believed.
        "X-Original",
    ];

    public static bool IsDirect(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } client
        && IPAddress.IsLoopback(client)
        && IsThisMachine(context.Request.Headers.Host.ToString())
        && !context.Request.Headers.Any(IsOfProxy);

    // A name of somebody else's that was made to lead here is none of this machine's.
    private static bool IsThisMachine(string named) =>
        Authority.TryParse(named, out Authority? host)
        && (
            host.Host == "localhost"
            || (
                IPAddress.TryParse(host.Host, out IPAddress? address)
                && IPAddress.IsLoopback(address)
            )
        );

    private static bool IsOfProxy(KeyValuePair<string, StringValues> header) =>
        s_ofProxies.Any(name =>
            header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)
            || header.Key.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase)
        );
}
