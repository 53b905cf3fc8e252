using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SessionAuth.Settings.Origins;

/// <summary>
/// A web origin as browsers serialize it: scheme, host, and the port if it is not the scheme's default.
/// </summary>
/// <param name="Value">The serialized origin, without a trailing slash.</param>
/// <param name="Host">The host in canonical form.</param>
/// <param name="Port">The port, also if it is the scheme's default.</param>
/// <param name="IsSecure">Whether the scheme is https.</param>
public sealed record Origin(string Value, string Host, int Port, bool IsSecure)
{
    /// <summary>The host and a port that is not the default, as in a <c>Host</c> header.</summary>
    public string Authority { get; } =
        Value[(Value.IndexOf("://", StringComparison.Ordinal) + 3)..];

    /// <summary>Parses an origin that users may sign in at: https, or http on loopback only.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            || !TryHost(uri, out string? host)
        )
            return false;

        bool secure = uri.Scheme == Uri.UriSchemeHttps;
        if (!secure && !(uri.Scheme == Uri.UriSchemeHttp && IsLoopback(host)))
            return false;

        string port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        origin = new($"{uri.Scheme}://{host}{port}", host, uri.Port, secure);
        return true;
    }

    /// <summary>
    /// The host of an origin that users may sign in at, if the text is what browsers send; null for any other text.
    /// </summary>
    public static string? HostOf(string text) =>
        TryParse(text, out Origin? origin) && origin.Value == text ? origin.Host : null;

    /// <summary>Whether the authority is this origin's; without a port, it has the scheme's default.</summary>
    public bool IsAt(Authority authority) =>
        authority.Host == Host && (authority.Port ?? (IsSecure ? 443 : 80)) == Port;

    private static bool TryHost(Uri uri, [NotNullWhen(true)] out string? host)
    {
        if (uri.HostNameType == UriHostNameType.Dns)
            return Origins.Authority.TryDomain(uri.Host, out host);

        host = Origins.Authority.TryParse(uri.Host, out Authority? address) ? address.Host : null;
        return host is not null;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
