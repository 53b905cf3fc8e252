using System.Globalization;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Cookies that carry tokens: signed over name and value, host-only, out of reach of scripts, <c>__Host-</c> where the
/// API is on https (RFC 6265bis §4.1.3).
/// </summary>
internal sealed class SignedCookies(Origins origins, Secrets secrets)
{
    private readonly SignedValue _signed = new(new KeyRing(secrets.Cookies, "cookie"));

    /// <summary>The name that a cookie goes by here.</summary>
    public string NameOf(string name) => origins.Api.IsSecure ? "__Host-" + name : name;

    /// <summary>The token in the request; false when there is none that we have signed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The cookie's whole name.</param>
    /// <param name="token">The token.</param>
    public bool TryRead(HttpRequest request, string name, out ReadOnlySpan<char> token) =>
        _signed.TryVerify(name, CookieHeader.Find(request.Headers.Cookie, name), out token);

    /// <summary>Has the answer set a token; without an age it goes with the browser.</summary>
    public void Set(HttpResponse response, string name, string token, TimeSpan? maxAge) =>
        response.SetCookie(name, Line(name, _signed.Sign(name, token), maxAge));

    /// <summary>Takes a token from the browser.</summary>
    public void Clear(HttpResponse response, string name) =>
        response.SetCookie(name, Line(name, "", TimeSpan.Zero));

    private string Line(string name, string value, TimeSpan? maxAge)
    {
        string age = maxAge is { } life
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; Max-Age={(long)Math.Ceiling(life.TotalSeconds)}"
            )
            : "";
        string secure = origins.Api.IsSecure ? "; Secure" : "";
        return $"{name}={value}; Path=/{age}; HttpOnly{secure}; SameSite=Lax";
    }
}
