using SessionAuth.Api.Tokens;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// The cookie between the two steps of a sign-in: it says whose password was right, for five minutes. It is no session,
/// and opens nothing but the second step (ASVS 6.6.2).
/// </summary>
internal sealed class LoginCookie(SignedCookies cookies, TokenIssuer issuer, TokenReader reader)
{
    private string? _name;

    private string Name => _name ??= cookies.NameOf("loginToken");

    /// <summary>The first step that the request carries; null when there is none that is ours and young enough.</summary>
    public async ValueTask<LoginToken?> Read(HttpRequest request)
    {
        LoginToken? token = await cookies.Read<LoginToken>(
            request,
            Name,
            text => reader.Login(text.ToString())
        );
        return token is not null && reader.IsCurrent(token) ? token : null;
    }

    /// <summary>Gives the browser what it needs for the second step.</summary>
    public void Set(HttpResponse response, SecondFactorNeeded needed, bool persistent) =>
        cookies.Set(
            response,
            Name,
            issuer.Login(needed.User, needed.Stamp, persistent),
            TokenIssuer.LoginLifetime
        );

    /// <summary>Takes it from the browser, where it has one.</summary>
    public void Clear(HttpContext context)
    {
        if (!CookieHeader.Find(context.Request.Headers.Cookie, Name).IsEmpty)
            cookies.Clear(context.Response, Name);
    }
}
