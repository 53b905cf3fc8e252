using System.Globalization;
using SessionAuth.Api.Cookies;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// Cookies at the host of an application: host-only, HttpOnly, Lax, and with the <c>__Host-</c> prefix over https
/// (RFC 6265bis §4.1.3).
/// </summary>
internal static class HostCookies
{
    private const string Https = "https://";

    /// <summary>A cookie's name at an origin.</summary>
    public static string Name(string origin, string bareName) =>
        IsHttps(origin) ? "__Host-" + bareName : bareName;

    /// <summary>Sets a cookie.</summary>
    public static void Set(
        HttpResponse response,
        string origin,
        string bareName,
        string value,
        TimeSpan? maxAge
    )
    {
        string name = Name(origin, bareName);
        string age = maxAge is { } life
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; Max-Age={(long)Math.Ceiling(life.TotalSeconds)}"
            )
            : "";
        string secure = IsHttps(origin) ? "; Secure" : "";
        response.SetCookie(name, $"{name}={value}; Path=/{age}; HttpOnly{secure}; SameSite=Lax");
    }

    private static bool IsHttps(string origin) =>
        origin.StartsWith(Https, StringComparison.Ordinal);
}
