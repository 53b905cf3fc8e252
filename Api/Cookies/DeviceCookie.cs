using SessionAuth.Api.Tokens;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Says that a user has signed in in this browser before. It opens nothing, and gives a budget of tries that nobody else
/// can use up. It stays when its user signs out, and is another user's when they sign in. Who does not want to be remembered
/// leaves none.
/// </summary>
internal sealed class DeviceCookie(SignedCookies cookies, TokenIssuer issuer, TokenReader reader)
{
    private string? _name;

    private string Name => _name ??= cookies.NameOf("deviceToken");

    /// <summary>Whose browser the request comes from; null when that is not known.</summary>
    public async ValueTask<DeviceToken?> Read(HttpRequest request)
    {
        DeviceToken? token = await cookies.Read<DeviceToken>(
            request,
            Name,
            text => reader.Device(text.ToString())
        );
        return token is not null && reader.IsCurrent(token) ? token : null;
    }

    /// <summary>The user is in: the browser is theirs from now on.</summary>
    public async ValueTask Set(HttpContext context, UserId user)
    {
        DeviceToken? known = await Read(context.Request);
        cookies.Set(
            context.Response,
            Name,
            issuer.Device(user, known?.User == user ? known.Device : null),
            TokenIssuer.DeviceLifetime
        );
    }
}
