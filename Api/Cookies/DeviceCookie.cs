using SessionAuth.Api.Tokens;
using SessionAuth.Domain;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// Says that a user has signed in in this browser before. It opens nothing: guesses there have a budget that strangers
/// cannot use up, for as long as the user's grain knows the device. It stays after a sign-out, and is another user's when
/// they sign in. A browser that is not to be remembered gets none.
/// </summary>
internal sealed class DeviceCookie(SignedCookies cookies, TokenIssuer issuer, TokenReader reader)
{
    private string? _name;

    private string Name => _name ??= cookies.NameOf("deviceToken");

    /// <summary>Whose browser the request says to come from; null when it says nothing of ours.</summary>
    public async ValueTask<DeviceToken?> Read(HttpRequest request)
    {
        DeviceToken? token = await cookies.Read<DeviceToken>(
            request,
            Name,
            text => reader.Device(text.ToString())
        );
        return token is not null && reader.IsCurrent(token) ? token : null;
    }

    /// <summary>The browser is this user's from now on, or only until it is closed.</summary>
    public void Set(HttpResponse response, UserId user, DeviceMark mark, bool remember = true) =>
        cookies.Set(
            response,
            Name,
            issuer.Device(user, mark),
            remember ? DeviceMark.Lifetime : null
        );
}
