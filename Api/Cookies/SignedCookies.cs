using System.Globalization;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Cookies that carry tokens: signed over name and value, host-only, out of reach of scripts, <c>__Host-</c> where the
/// API is on https (RFC 6265bis §4.1.3).
/// </summary>
internal sealed class SignedCookies(Origins origins, Secrets secrets, SecurityLog log)
{
    private readonly SignedValue _signed = new(new KeyRing(secrets.Cookies, "cookie"));

    /// <summary>The name that a cookie goes by here.</summary>
    public string NameOf(string name) => origins.Api.IsSecure ? "__Host-" + name : name;

    /// <summary>Reads what a cookie holds, once its signature has been checked; null when that is nothing of ours.</summary>
    /// <param name="text">The cookie's value without its signature.</param>
    public delegate ValueTask<T?> Reading<T>(ReadOnlySpan<char> text)
        where T : class;

    /// <summary>What is in the request's cookie; null when there is none that is ours. One that is not is logged.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The cookie's whole name.</param>
    /// <param name="read">Reads it.</param>
    public ValueTask<T?> Read<T>(HttpRequest request, string name, Reading<T> read)
        where T : class
    {
        ReadOnlySpan<char> value = CookieHeader.Find(request.Headers.Cookie, name, out bool twice);
        if (value.IsEmpty && !twice)
            return default;
        if (!_signed.TryVerify(name, value, out ReadOnlySpan<char> text))
        {
            Refuse(request, name, twice ? "cookie-doubled" : "cookie-forged");
            return default;
        }

        ValueTask<T?> reading = read(text);
        return reading is { IsCompletedSuccessfully: true, Result: not null }
            ? reading
            : Kept(request, name, reading);
    }

    /// <summary>Has the answer set a token; without an age it goes with the browser.</summary>
    public void Set(HttpResponse response, string name, string token, TimeSpan? maxAge) =>
        response.SetCookie(name, Line(name, _signed.Sign(name, token), maxAge));

    /// <summary>Takes a token from the browser.</summary>
    public void Clear(HttpResponse response, string name) =>
        response.SetCookie(name, Line(name, "", TimeSpan.Zero));

    private async ValueTask<T?> Kept<T>(HttpRequest request, string name, ValueTask<T?> reading)
        where T : class
    {
        T? token = await reading;
        if (token is null)
            Refuse(request, name, "cookie-forged");
        return token;
    }

    // A request's cookies are looked at more than once.
    private void Refuse(HttpRequest request, string name, string what)
    {
        if (request.HttpContext.Items.TryAdd((typeof(SignedCookies), name), what))
            log.Refused(request.HttpContext, what);
    }

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
