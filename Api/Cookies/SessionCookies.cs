using System.Globalization;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The two cookies that carry a session's tokens: host-only, out of reach of scripts, <c>__Host-</c> where the
/// API is on https (RFC 6265bis §4.1.3).
/// </summary>
internal sealed class SessionCookies(
    Origins origins,
    Secrets secrets,
    TokenIssuer issuer,
    TokenReader reader,
    TimeProvider clock
)
{
    private readonly SignedValue _signed = new(new KeyRing(secrets.Cookies, "cookie"));
    private string? _access;
    private string? _refresh;

    private string AccessName => _access ??= Prefix + "accessToken";

    private string RefreshName => _refresh ??= Prefix + "refreshToken";

    private string Prefix => origins.Api.IsSecure ? "__Host-" : "";

    /// <summary>The access token in the request, whatever its age; null when there is none that is ours.</summary>
    public ValueTask<AccessToken?> Access(HttpRequest request) =>
        TryRead(request, AccessName, out ReadOnlySpan<char> text) ? reader.Access(text) : default;

    /// <summary>The refresh token in the request, whatever its age; null when there is none that is ours.</summary>
    public ValueTask<RefreshToken?> Refresh(HttpRequest request) =>
        TryRead(request, RefreshName, out ReadOnlySpan<char> text)
            ? reader.Refresh(text.ToString())
            : default;

    /// <summary>The sessions that the request carries tokens of, whatever their age.</summary>
    public async ValueTask<IReadOnlyList<SessionId>> Sessions(HttpRequest request)
    {
        RefreshToken? refresh = await Refresh(request);
        AccessToken? access = await Access(request);
        return [.. new[] { refresh?.Session, access?.Session }.OfType<SessionId>().Distinct()];
    }

    /// <summary>Gives the browser the tokens of a session, with whatever answer follows.</summary>
    public void Set(HttpResponse response, SessionGrant grant)
    {
        string access = Cookie(AccessName, issuer.Access(grant), maxAge: null);
        string refresh = Cookie(
            RefreshName,
            issuer.Refresh(grant),
            grant.Persistent ? grant.ExpiresAt - clock.GetUtcNow() : null
        );
        Append(response, access, refresh);
    }

    /// <summary>Takes the tokens from the browser.</summary>
    public void Clear(HttpResponse response) =>
        Append(response, Expired(AccessName), Expired(RefreshName));

    // An error clears what was set on the answer so far, but not what is set when it starts; and of two that
    // set cookies, the handler that heals a session and the endpoint that ends it, the later one wins.
    private static void Append(HttpResponse response, string access, string refresh)
    {
        bool first = !response.HttpContext.Items.ContainsKey(typeof(SessionCookies));
        response.HttpContext.Items[typeof(SessionCookies)] = new[] { access, refresh };
        if (first)
        {
            response.OnStarting(() =>
            {
                response.Headers.SetCookie = (string[])
                    response.HttpContext.Items[typeof(SessionCookies)]!;
                return Task.CompletedTask;
            });
        }
    }

    private bool TryRead(HttpRequest request, string name, out ReadOnlySpan<char> token) =>
        _signed.TryVerify(name, CookieHeader.Find(request.Headers.Cookie, name), out token);

    private string Cookie(string name, string token, TimeSpan? maxAge) =>
        Attributes(name, _signed.Sign(name, token), maxAge);

    private string Expired(string name) => Attributes(name, "", TimeSpan.Zero);

    private string Attributes(string name, string value, TimeSpan? maxAge)
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
