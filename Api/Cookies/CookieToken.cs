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
/// A cookie that carries a token of its own kind. The cookie is signed over name and value, host-only, out of reach of
/// scripts, and <c>__Host-</c> where the API is on https (RFC 6265bis §4.1.3); the token inside is a JWT with a key, an
/// audience and claims of its own.
/// </summary>
/// <remarks>
/// A new cookie is a class that derives from this one, with all that is true of it, and one line in
/// <see cref="CookiesFeature"/>.
/// </remarks>
/// <typeparam name="TToken">What the verified token says.</typeparam>
/// <typeparam name="TClaims">Its claims, as they stand in the token.</typeparam>
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

    /// <param name="security">What all cookies are made and checked with.</param>
    /// <param name="name">The cookie's name, without a prefix.</param>
    /// <param name="type">The token's <c>typ</c>, which its key is derived for.</param>
    /// <param name="audience">The token's audience.</param>
    /// <param name="claims">How its claims are read.</param>
    /// <param name="isReadOften">Whether verified tokens are remembered, because most requests carry one.</param>
    protected CookieToken(
        CookieSecurity security,
        string name,
        string type,
        string audience,
        JsonTypeInfo<TClaims> claims,
        bool isReadOften = false
    )
    {
        _security = security;
        _bareName = name;
        _kind = security.Kind(type, audience);
        _claims = claims;
        _recent = isReadOften ? new() : null;
    }

    /// <summary>The clock that tokens are issued and judged by.</summary>
    protected TimeProvider Clock => _security.Clock;

    /// <summary>The settings of the front end.</summary>
    protected ApiSettings Settings => _security.Settings;

    private string Name => _name ??= _security.IsHttps ? "__Host-" + _bareName : _bareName;

    /// <summary>The token in the request, whatever its age; null when there is none that is ours, which is logged.</summary>
    public ValueTask<TToken?> Read(HttpRequest request)
    {
        ReadOnlySpan<char> value = CookieHeader.Find(request.Headers.Cookie, Name, out bool twice);
        if (value.IsEmpty && !twice)
            return default;
        if (!_security.Signature.TryVerify(Name, value, out ReadOnlySpan<char> text))
        {
            _security.Refuse(request, Name, twice ? "cookie-doubled" : "cookie-forged");
            return default;
        }

        return _recent is not null && _recent.TryGet(text, out TToken? seen)
            ? new(seen)
            : Verify(request, text.ToString());
    }

    /// <summary>The token in the request; null when there is none that is ours and good as of now.</summary>
    public async ValueTask<TToken?> ReadCurrent(HttpRequest request) =>
        await Read(request) is { } token && IsCurrent(token) ? token : null;

    /// <summary>Whether the token is good as of now.</summary>
    public bool IsCurrent(TToken token)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return now < token.ExpiresAt && token.IssuedAt <= now + s_clockSkew;
    }

    /// <summary>Takes the cookie from the browser.</summary>
    public void Clear(HttpResponse response) =>
        response.SetCookie(Name, Line(value: "", TimeSpan.Zero));

    /// <summary>Takes the cookie from the browser, where the request brought one.</summary>
    public void ClearIfSent(HttpContext context)
    {
        if (!CookieHeader.Find(context.Request.Headers.Cookie, Name, out _).IsEmpty)
            Clear(context.Response);
    }

    /// <summary>What the claims say; null when one of them is not what it has to be.</summary>
    protected abstract TToken? Token(
        TClaims claims,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt
    );

    /// <summary>Has the answer set the cookie.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="claims">The claims of the token beside those that every token has.</param>
    /// <param name="expiresAt">When the token ends.</param>
    /// <param name="maxAge">For how long the browser keeps it; null until it is closed.</param>
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

    private async ValueTask<TToken?> Verify(HttpRequest request, string text)
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
            _recent?.Add(text, token);
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

/// <summary>What every verified token says.</summary>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal abstract record CookieToken(DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    private const int IdBytes = 16;
    private const int IdCharacters = 22;

    /// <summary>
    /// Claims are read strictly: a number is a number, each claim is there once, and there are no others. The library for
    /// tokens would take the text "1" for a generation.
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

    /// <summary>A new id of 128 random bits, in base64url.</summary>
    public static string NewId() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether a text has the form of such an id.</summary>
    public static bool IsId(string text) => text.Length == IdCharacters && Base64Url.IsValid(text);
}

/// <summary>The claims that every token has (RFC 7519 §4.1).</summary>
/// <param name="Aud">The audience.</param>
/// <param name="Iss">The issuer.</param>
/// <param name="Iat">When it was issued, in seconds since 1970.</param>
/// <param name="Exp">When it ends, likewise.</param>
internal abstract record CookieClaims(string Aud, string Iss, long Iat, long Exp)
{
    // The end of the year 9999.
    private const long LatestTime = 253_402_300_799;

    /// <summary>Whether both are times.</summary>
    [JsonIgnore]
    public bool IsInTime => Iat is >= 0 and <= LatestTime && Exp is >= 0 and <= LatestTime;
}
