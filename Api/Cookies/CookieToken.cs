using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// A cookie that carries a token of its own kind. The cookie is signed over name and value, host-only, HttpOnly, and
/// has the <c>__Host-</c> prefix over https (RFC 6265bis §4.1.3). The token inside is a JWT with its own key, audience
/// and claims.
/// </summary>
/// <remarks>To add a cookie, derive a class from this one and register it in <see cref="CookiesFeature"/>.</remarks>
/// <typeparam name="TToken">The verified token.</typeparam>
/// <typeparam name="TClaims">The claims as serialized in the token.</typeparam>
internal abstract class CookieToken<TToken, TClaims>
    where TToken : CookieToken
    where TClaims : CookieClaims
{
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(30);

    private readonly CookieSecurity _security;
    private readonly string _bareName;
    private readonly TokenKind _kind;
    private readonly JsonTypeInfo<TClaims> _claims;
    private readonly RecentTokens<TToken>? _recent;
    private string? _name;

    /// <param name="security">What all cookies are issued and verified with.</param>
    /// <param name="name">The cookie's name, without a prefix.</param>
    /// <param name="type">The token's <c>typ</c>, which its key is derived from.</param>
    /// <param name="audience">The token's audience.</param>
    /// <param name="claims">How the claims are deserialized.</param>
    /// <param name="recent">Verified tokens to keep, where most requests carry one; 0 for none.</param>
    protected CookieToken(
        CookieSecurity security,
        string name,
        string type,
        string audience,
        JsonTypeInfo<TClaims> claims,
        int recent = 0
    )
    {
        _security = security;
        _bareName = name;
        _kind = security.Kind(type, audience);
        _claims = claims;
        _recent = recent > 0 ? new(recent, token => token.ExpiresAt) : null;
    }

    /// <summary>The clock that tokens are issued and validated with.</summary>
    protected TimeProvider Clock => _security.Clock;

    /// <summary>The settings of the front end.</summary>
    protected ApiSettings Settings => _security.Settings;

    private string Name => _name ??= _security.IsHttps ? "__Host-" + _bareName : _bareName;

    /// <summary>
    /// Reads the token from the request, even if it has expired; null if it is missing or invalid. An invalid token is
    /// logged.
    /// </summary>
    public ValueTask<TToken?> Read(HttpRequest request)
    {
        ReadOnlySpan<char> value = CookieHeader.Find(request.Headers.Cookie, Name, out bool twice);
        if (value.IsEmpty && !twice)
            return default;
        // By all characters of the cookie, its signature included.
        if (_recent is not null && _recent.TryGet(value, out TToken? seen))
            return new(seen);
        if (!_security.Signature.TryVerify(Name, value, out ReadOnlySpan<char> text))
        {
            _security.Refuse(request, Name, twice ? "cookie-doubled" : "cookie-forged");
            return default;
        }

        return Verify(request, value.ToString(), text.ToString());
    }

    /// <summary>Reads the token from the request; null if it is missing, invalid or expired.</summary>
    public async ValueTask<TToken?> ReadCurrent(HttpRequest request) =>
        await Read(request) is { } token && IsCurrent(token) ? token : null;

    /// <summary>Whether the token has not expired and was not issued in the future.</summary>
    public bool IsCurrent(TToken token)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return now < token.ExpiresAt && token.IssuedAt <= now + s_clockSkew;
    }

    /// <summary>Deletes the cookie from the browser.</summary>
    public void Clear(HttpResponse response) =>
        response.SetCookie(Name, Line(value: "", TimeSpan.Zero));

    /// <summary>Deletes the cookie from the browser if the request has it.</summary>
    public void ClearIfSent(HttpContext context)
    {
        if (!CookieHeader.Find(context.Request.Headers.Cookie, Name, out _).IsEmpty)
            Clear(context.Response);
    }

    /// <summary>Converts the claims to a token; null if a claim is invalid.</summary>
    protected abstract TToken? Token(
        TClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    );

    /// <summary>Sets the cookie on the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="claims">The claims of the token, in addition to those that every token has.</param>
    /// <param name="expiresAt">When the token expires.</param>
    /// <param name="maxAge">How long the browser keeps the cookie; null for a browser-session cookie.</param>
    protected void Set(
        HttpResponse response,
        Dictionary<string, object> claims,
        DateTimeOffset expiresAt,
        TimeSpan? maxAge
    )
    {
        string token = _kind.Issue(claims, Clock.GetUtcNow(), expiresAt);
        response.SetCookie(Name, Line(_security.Signature.Sign(Name, token), maxAge));
    }

    private async ValueTask<TToken?> Verify(HttpRequest request, string cookie, string text)
    {
        TToken? token = await _kind.Read(text, _claims) is { IsInTime: true } claims
            ? Token(
                claims,
                DateTimeOffset.FromUnixTimeSeconds(claims.Iat),
                DateTimeOffset.FromUnixTimeSeconds(claims.Exp)
            )
            : null;
        if (token is null)
            _security.Refuse(request, Name, "cookie-forged");
        else
            _recent?.Put(cookie, token);
        return token;
    }

    private string Line(string value, TimeSpan? maxAge)
    {
        string age = maxAge is { } life
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; Max-Age={(long)Math.Ceiling(life.TotalSeconds)}"
            )
            : "";
        string secure = _security.IsHttps ? "; Secure" : "";
        return $"{Name}={value}; Path=/{age}; HttpOnly{secure}; SameSite=Lax";
    }
}

/// <summary>The base of all verified tokens.</summary>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token expires.</param>
internal abstract record CookieToken(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    private const int IdBytes = 16;
    private const int IdCharacters = 22;

    /// <summary>
    /// Options for strict parsing of claims: exact types, no duplicates, no unknown claims. The JWT library would
    /// accept the string "1" as a number.
    /// </summary>
    public static JsonSerializerOptions Strict() =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };

    /// <summary>Creates a random id of 128 bits, in base64url.</summary>
    public static string NewId() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether a text is a well-formed id.</summary>
    public static bool IsId(string text) => text.Length == IdCharacters && Base64Url.IsValid(text);
}
