using System.Net;

namespace SessionAuth.Domain.Registry;

/// <summary>
/// The rule of addresses that a browser is sent back to: they are compared character by character (RFC 9700 §4.1.3), so
/// that only their form matters here.
/// </summary>
internal static class RedirectAddress
{
    /// <summary>The rule, as the end of a sentence.</summary>
    public const string Rule =
        "must be absolute addresses without a fragment: https, http with localhost or a loopback address, or, for a public application, a scheme of its own such as com.example.app:/callback";

    // Not in addresses (RFC 3986 §2), and read in different ways.
    private const string NotInAddresses = "\"<>\\^`{|}#";

    /// <summary>Whether an address keeps the rule.</summary>
    /// <param name="text">The address.</param>
    /// <param name="mayHaveOwnScheme">Whether it may have a private-use scheme (RFC 8252 §7.1).</param>
    public static bool IsValid(string text, bool mayHaveOwnScheme)
    {
        bool hasOnlyItsCharacters = text.All(character =>
            character is > ' ' and <= '~' && !NotInAddresses.Contains(character)
        );
        if (!hasOnlyItsCharacters || !Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
            return false;

        return Has(text, Uri.UriSchemeHttps) ? IsAtHost(address)
            : Has(text, Uri.UriSchemeHttp) ? IsAtHost(address) && IsLoopback(address.IdnHost)
            // A domain name in reverse, which tells it from http, javascript and all other registered schemes.
            : mayHaveOwnScheme
                && address.Scheme.Contains('.', StringComparison.Ordinal)
                && text.StartsWith($"{address.Scheme}:/", StringComparison.Ordinal);
    }

    private static bool Has(string text, string scheme) =>
        text.StartsWith($"{scheme}://", StringComparison.Ordinal);

    private static bool IsAtHost(Uri address) => address is { UserInfo: "", Host.Length: > 0 };

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (
            IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            && IPAddress.IsLoopback(address)
        );
}
