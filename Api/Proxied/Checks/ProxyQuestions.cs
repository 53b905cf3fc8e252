using System.Net;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Settings;

namespace SessionAuth.Api.Proxied.Checks;

/// <summary>
/// Tells questions of trusted proxies from other requests, for which these paths do not exist: neither for clients that
/// reach a node directly, nor at the hosts that the public reaches it at.
/// </summary>
internal sealed class ProxyQuestions(ForwardedHeadersOptions trusted, Origins origins)
{
    /// <summary>Whether a request is the question of a trusted proxy.</summary>
    public bool IsOne(HttpContext context) =>
        context.Request.Path.Value is ProxiedPaths.ForwardAuth or ProxiedPaths.AuthRequest
        && IsTrusted(context.Connection.RemoteIpAddress)
        && !origins.AreAt(context.Request);

    /// <summary>How the proxy asks.</summary>
    public static AuthzDialect Dialect(HttpContext context) =>
        context.Request.Path.Value == ProxiedPaths.AuthRequest
            ? AuthzDialect.AuthRequest
            : AuthzDialect.ForwardAuth;

    private bool IsTrusted(IPAddress? peer)
    {
        if (peer?.Unmapped() is not { } address)
            return false;
        foreach (IPAddress proxy in trusted.KnownProxies)
        {
            if (proxy.Equals(address))
                return true;
        }
        foreach (System.Net.IPNetwork network in trusted.KnownIPNetworks)
        {
            if (network.Contains(address))
                return true;
        }
        return false;
    }
}
