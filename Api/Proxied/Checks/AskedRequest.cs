using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;
using SessionAuth.Domain.Applications.Proxied;

namespace SessionAuth.Api.Proxied.Checks;

/// <summary>Reads which request a proxy asks about.</summary>
internal static class AskedRequest
{
    private const int LongestHost = 253 + 6;
    private const int LongestMethod = 32;

    /// <summary>Reads the headers of the proxy.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="dialect">How the proxy asks.</param>
    /// <param name="request">The request; null when a header is missing, doubled or malformed.</param>
    public static bool TryRead(
        IHeaderDictionary headers,
        AuthzDialect dialect,
        [NotNullWhen(true)] out ProxiedRequest? request
    )
    {
        request = null;
        if (
            !TryAddress(headers, dialect, out string? origin, out string? target)
            || !TryMethod(headers, dialect, out string? method)
        )
            return false;

        request = new(
            method,
            origin,
            target,
            Single(headers["Sec-Fetch-Mode"]),
            Single(headers["Sec-Fetch-Dest"]),
            Single(headers.Accept),
            Single(headers.Referer),
            AsksForCors: headers.Origin.Count > 0 && headers.AccessControlRequestMethod.Count > 0
        );
        return true;
    }

    private static bool TryAddress(
        IHeaderDictionary headers,
        AuthzDialect dialect,
        [NotNullWhen(true)] out string? origin,
        [NotNullWhen(true)] out string? target
    )
    {
        (string? scheme, string? host, target) = dialect switch
        {
            AuthzDialect.ForwardAuth => (
                Single(headers["X-Forwarded-Proto"]),
                Single(headers["X-Forwarded-Host"]),
                Single(headers["X-Forwarded-Uri"])
            ),
            AuthzDialect.AuthRequest => Parts(Single(headers["X-Original-URL"])),
        };
        origin = null;
        bool isValid =
            scheme is "http" or "https" or "ws" or "wss"
            && host is { Length: > 0 and <= LongestHost }
            && target is ['/', ..];
        if (isValid)
            origin = $"{WebScheme(scheme!)}://{host!.ToLowerInvariant()}";
        return isValid;
    }

    private static (string? Scheme, string? Host, string? Target) Parts(string? url)
    {
        int host = url?.IndexOf("://", StringComparison.Ordinal) + 3 ?? -1;
        if (host < 3)
            return default;

        int target = url!.IndexOf('/', host);
        return target < 0 ? default : (url[..(host - 3)], url[host..target], url[target..]);
    }

    // The handshake of a WebSocket is a request to the same origin.
    private static string WebScheme(string scheme) =>
        scheme switch
        {
            "ws" => "http",
            "wss" => "https",
            _ => scheme,
        };

    private static bool TryMethod(
        IHeaderDictionary headers,
        AuthzDialect dialect,
        [NotNullWhen(true)] out string? method
    )
    {
        method = Single(
            headers[
                dialect == AuthzDialect.ForwardAuth ? "X-Forwarded-Method" : "X-Original-Method"
            ]
        );
        return method is { Length: > 0 and <= LongestMethod }
            && method.All(char.IsAsciiLetterUpper);
    }

    // Two headers of a kind: the proxy has passed on one of its client.
    private static string? Single(StringValues values) =>
        values is [{ Length: > 0 } value] ? value : null;
}
