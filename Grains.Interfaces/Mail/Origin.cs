using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace SessionAuth.Grains.Interfaces.Mail;

/// <summary>A web origin as browsers write it: scheme, host, and port where it is not the scheme's own.</summary>
/// <param name="Value">The origin, without a slash at the end.</param>
/// <param name="Host">The host, in the form in which hosts are compared.</param>
/// <param name="Port">The port.</param>
/// <param name="IsSecure">Whether it is https.</param>
public sealed record Origin(string Value, string Host, int Port, bool IsSecure)
{
    /// <summary>The host, with the port where there is one: what a <c>Host</c> header says.</summary>
    public string Authority => Value[(Value.IndexOf("://", StringComparison.Ordinal) + 3)..];

    /// <summary>Reads an origin that people may sign in at: https, or http on loopback alone.</summary>
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

    /// <summary>Whether somebody who names this host, and this port or none, means this origin.</summary>
    public bool IsAt(Authority authority) =>
        authority.Host == Host && (authority.Port ?? (IsSecure ? 443 : 80)) == Port;

    private static bool TryHost(Uri uri, [NotNullWhen(true)] out string? host)
    {
        if (uri.HostNameType == UriHostNameType.Dns)
            return Mail.Authority.TryDomain(uri.Host, out host);

        host = Mail.Authority.TryParse(uri.Host, out Authority? address) ? address.Host : null;
        return host is not null;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
