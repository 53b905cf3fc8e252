using System.Net;
using Microsoft.Extensions.Primitives;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Api.Development;

/// <summary>
/// Detects requests from a program on this machine that did not pass a local proxy, behind which remote clients look
/// local.
/// </summary>
internal static class DirectRequest
{
    private static readonly string[] s_ofProxies =
    [
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Forwarded",
        // Set by the framework for forwarded headers that it has trusted.
        "X-Original",
    ];

    public static bool IsDirect(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } client
        && IPAddress.IsLoopback(client)
        && IsThisMachine(context.Request.Headers.Host.ToString())
        && !context.Request.Headers.Any(IsOfProxy);

    // Only localhost and loopback addresses: a foreign name may resolve to this machine (DNS rebinding).
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
