using SessionAuth.Domain.Applications;

namespace SessionAuth.OpenId.Applications;

/// <summary>
/// Whether an address is an application's own. Compared exactly (RFC 9700 §4.1.3), but for the port of a native
/// application's loopback address, which its operating system chooses (RFC 8252 §7.3).
/// </summary>
internal static class RedirectAddresses
{
    private const string ProxiedCallback = "/.sessionauth/callback";

    /// <summary>The addresses where an application takes answers to its authorization requests.</summary>
    public static IEnumerable<string> Of(Application application) =>
        application.Kind switch
        {
            // A node is the client of a proxied application, at the application's own host.
            ApplicationKind.Proxied => application.Origins.Select(origin =>
                origin + ProxiedCallback
            ),
            ApplicationKind.Confidential or ApplicationKind.Public => application.RedirectUris,
        };

    /// <summary>Whether an authorization response may go to the address.</summary>
    public static bool TakesResponse(Application application, string address) =>
        Of(application).Any(own => IsSame(application, own, address));

    /// <summary>Whether the browser may go to the address after a sign-out.</summary>
    public static bool TakesSignOut(Application application, string address) =>
        application.PostLogoutRedirectUris.Any(own => IsSame(application, own, address));

    /// <summary>
    /// Whether any program on the user's device may receive what is sent to the address: on loopback, or by a scheme of
    /// its own (RFC 8252 §8.6).
    /// </summary>
    public static bool MayBeAnyProgram(string address) =>
        !address.StartsWith("https://", StringComparison.Ordinal);

    private static bool IsSame(Application application, string own, string address) =>
        string.Equals(own, address, StringComparison.Ordinal)
        || (
            application.Kind == ApplicationKind.Public
            && WithoutLoopbackPort(own) is { } ownWithout
            && string.Equals(ownWithout, WithoutLoopbackPort(address), StringComparison.Ordinal)
        );

    // By the text, so that no two spellings of an address are the same.
    private static string? WithoutLoopbackPort(string address)
    {
        foreach (string host in (string[])["http://127.0.0.1", "http://[::1]", "http://localhost"])
        {
            if (!address.StartsWith(host, StringComparison.Ordinal))
                continue;

            ReadOnlySpan<char> rest = address.AsSpan(host.Length);
            int digits = rest is [':', ..] ? CountDigits(rest[1..]) : 0;
            ReadOnlySpan<char> afterPort = digits > 0 ? rest[(digits + 1)..] : rest;
            return afterPort is "" or ['/', ..] or ['?', ..] ? $"{host}{afterPort}" : null;
        }

        return null;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int other = text.IndexOfAnyExceptInRange('0', '9');
        int digits = other < 0 ? text.Length : other;
        return digits <= 5 ? digits : 0;
    }
}
