using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;

namespace SessionAuth.Api.Cookies;

/// <summary>What all cookies are made and checked with: secrets, settings, the clock and the security log.</summary>
internal sealed class CookieSecurity(
    Origins origins,
    Secrets secrets,
    IOptions<ApiSettings> settings,
    TimeProvider clock,
    SecurityLog log
)
{
    /// <summary>Signs a cookie's name and value, so that no cookie passes for another.</summary>
    public SignedValue Signature { get; } = new(new KeyRing(secrets.Cookies, "cookie"));

    /// <summary>Whether browsers reach the API by https. Known once the server listens.</summary>
    public bool IsHttps => origins.Api.IsSecure;

    /// <summary>The settings of the front end.</summary>
    public ApiSettings Settings => settings.Value;

    /// <summary>The clock that tokens are issued and judged by.</summary>
    public TimeProvider Clock => clock;

    /// <summary>A kind of token, with a key of its own.</summary>
    public TokenKind Kind(string type, string audience) =>
        new(type, audience, secrets, settings.Value);

    /// <summary>Logs a cookie that is not good: one line for a request, which looks at a cookie more than once.</summary>
    public void Refuse(HttpRequest request, string cookie, string what)
    {
        if (request.HttpContext.Items.TryAdd((typeof(CookieSecurity), cookie), what))
            log.Refused(request.HttpContext, what);
    }
}
