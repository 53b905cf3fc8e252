using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary>The session that a browser has, by its cookies: which it is, and giving, renewing and taking its tokens.</summary>
internal sealed class BrowserSession(SessionCookies cookies, DeviceCookie devices)
{
    /// <summary>The sessions that this browser has had.</summary>
    public ValueTask<IReadOnlyList<SessionId>> Sessions(HttpContext context) =>
        cookies.Sessions(context.Request);

    /// <summary>Where a session is to be started.</summary>
    public async ValueTask<Entrance> Entrance(HttpContext context, bool persistent) =>
        new(
            context.Device(),
            persistent,
            await Sessions(context),
            Operation: context.Operation(),
            Mark: (await devices.Read(context.Request))?.Mark
        );

    /// <summary>Gives the browser its session's tokens, and the device cookie where that has changed.</summary>
    public void SignIn(HttpContext context, SessionGrant grant)
    {
        cookies.Set(context.Response, grant);
        if (grant.Mark is { } mark)
            devices.Set(context.Response, grant.User, mark);
    }

    /// <summary>Gives the browser new tokens of the session that it has, where there are some.</summary>
    public void Renew(HttpContext context, SessionGrant? grant)
    {
        if (grant is not null)
            SignIn(context, grant);
    }

    /// <summary>Makes the browser known as this user's until it is closed.</summary>
    public void Know(HttpContext context, UserId user, DeviceMark mark) =>
        devices.Set(context.Response, user, mark, remember: false);

    /// <summary>Takes the tokens from the browser.</summary>
    public void SignOut(HttpContext context) => cookies.Clear(context.Response);
}
