using Microsoft.Extensions.Options;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Settings;
using SessionAuth.Api.Tokens;
using SessionAuth.Settings.Secrets;

namespace SessionAuth.Api.Cookies;

/// <summary>What all cookies are issued and verified with: secrets, settings, the clock and the security log.</summary>
internal sealed class CookieSecurity(
    Origins origins,
    SecretSettings secrets,
    IOptions<ApiSettings> settings,
    TimeProvider clock,
    SecurityLog log
)
{
    /// <summary>Signs a cookie's name together with its value, so that one cookie cannot be used as another.</summary>
    public SignedValue Signature { get; } = new(new KeyRing(secrets.Cookies, "cookie"));

    /// <summary>Whether browsers use https for the API. Available once the server is listening.</summary>
    public bool IsHttps => origins.Api.IsSecure;

    /// <summary>The settings of the front end.</summary>
    public ApiSettings Settings => settings.Value;

    /// <summary>The clock that tokens are issued and validated with.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Creates a token kind with a key of its own.</summary>
    public TokenKind Kind(string type, string audience) =>
        new(type, audience, secrets, settings.Value);

    /// <summary>Logs an invalid cookie, once per request: a cookie may be read several times.</summary>
    public void Refuse(HttpRequest request, string cookie, string what)
    {
        if (request.HttpContext.Items.TryAdd((typeof(CookieSecurity), cookie), what))
            log.Refused(request.HttpContext, what);
    }
}
