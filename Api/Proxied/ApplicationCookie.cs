using SessionAuth.Api.Cookies;

namespace SessionAuth.Api.Proxied;

/// <summary>
/// The cookie with the application token, at the application's own host. It is set once for each sign-in, and never
/// renewed: proxies do not pass on cookies of the answers to their questions.
/// </summary>
internal static class ApplicationCookie
{
    private const string BareName = "sessionauth";

    /// <summary>The cookie's name at an origin.</summary>
    public static string Name(string origin) => HostCookies.Name(origin, BareName);

    /// <summary>The token in the request; empty if there is none, or more than one.</summary>
    public static ReadOnlySpan<char> Find(HttpRequest request, string origin) =>
        CookieHeader.Find(request.Headers.Cookie, Name(origin), out _);

    /// <summary>Sets the cookie.</summary>
    /// <param name="response">The response.</param>
    /// <param name="origin">The application's origin.</param>
    /// <param name="token">The token.</param>
    /// <param name="maxAge">How long the browser keeps it; null for a browser-session cookie.</param>
    public static void Set(HttpResponse response, string origin, string token, TimeSpan? maxAge) =>
        HostCookies.Set(response, origin, BareName, token, maxAge);

    /// <summary>Deletes the cookie.</summary>
    public static void Clear(HttpResponse response, string origin) =>
        HostCookies.Set(response, origin, BareName, value: "", TimeSpan.Zero);
}
