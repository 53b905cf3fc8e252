using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SessionAuth.Settings.Origins;

/// <summary>
/// A host and a port in canonical form: A-labels in lower case without a trailing dot, an IPv6 address compressed and
/// in brackets (RFC 3986 §3.2, RFC 5891 §5).
/// </summary>
/// <param name="Host">The host in canonical form.</param>
/// <param name="Port">The port; null for the scheme's default.</param>
public sealed record Authority(string Host, int? Port)
{
    private const int LongestName = 253;

    /// <summary>Parses the value of a <c>Host</c> header, which is ASCII only.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Authority? authority)
    {
        authority = null;
        if (string.IsNullOrEmpty(text))
            return false;

        int end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':');
        if (end < 0)
            end = text.Length;
        if (!TryHost(text[..end], out string? host) || !TryPort(text.AsSpan(end), out int? port))
            return false;

        authority = new(host, port);
        return true;
    }

    /// <summary>The canonical form (A-labels) of a domain name as a user types it, in any script.</summary>
    public static bool TryDomain(string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        try
        {
            // The round trip rejects A-labels that do not decode.
            string ascii = Idn.GetAscii(text?.TrimEnd('.') ?? "");
            return TryName(Idn.GetAscii(Idn.GetUnicode(ascii)), out domain);
        }
        catch (ArgumentException)
        {
            // IdnMapping has no Try method.
            return false;
        }
    }

    private static IdnMapping Idn => new() { AllowUnassigned = false };

    private static bool TryHost(string text, [NotNullWhen(true)] out string? host)
    {
        host = null;
        if (!text.StartsWith('['))
            return TryName(text, out host);
        // A zone id (after a %) names a network interface of one machine, and means nothing to others.
        if (
            text.Contains('%', StringComparison.Ordinal)
            || !IPAddress.TryParse(text.AsSpan().Trim("[]"), out IPAddress? address)
            || address.AddressFamily != AddressFamily.InterNetworkV6
        )
            return false;

        host = $"[{address}]";
        return true;
    }

    private static bool TryName(string text, [NotNullWhen(true)] out string? name)
    {
        string withoutDot = text.EndsWith('.') ? text[..^1] : text;
        bool isName =
            withoutDot.Length is > 0 and <= LongestName
            && withoutDot[0] != '.'
            && withoutDot.All(letter =>
                char.IsAsciiLetterOrDigit(letter) || "-._".Contains(letter)
            );
        name = isName ? withoutDot.ToLowerInvariant() : null;
        return isName;
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;
        // A colon without a port is valid (RFC 3986 §3.2.3).
        if (text is "" or ":")
            return true;
        bool isPort = ushort.TryParse(
            text[1..],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ushort number
        );
        port = isPort ? number : null;
        return isPort && text[0] == ':' && number > 0;
    }
}
