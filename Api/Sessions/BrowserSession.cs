using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary>The session that a browser has, by its cookies: which it is, and giving, renewing and taking its tokens.</summary>
internal sealed class BrowserSession(
    AccessCookie access,
    RefreshCookie refresh,
    DeviceCookie devices
)
{
    /// <summary>The sessions that the request carries tokens of, whatever their age.</summary>
    public async ValueTask<IReadOnlyList<SessionId>> Sessions(HttpContext context)
    {
        RefreshToken? refreshToken = await refresh.Read(context.Request);
        AccessToken? accessToken = await access.Read(context.Request);
        return
        [
            .. new[] { refreshToken?.Session, accessToken?.Session }.OfType<SessionId>().Distinct(),
        ];
    }

    /// <summary>Where a session is to be started.</summary>
    public async ValueTask<Entrance> Entrance(HttpContext context, bool persistent) =>
        new(
            context.Device(),
            persistent,
            await Sessions(context),
            Operation: context.Operation(),
            Mark: (await devices.ReadCurrent(context.Request))?.Mark
        );

    /// <summary>Gives the browser its session's tokens, and the device cookie where that has changed.</summary>
    public void SignIn(HttpContext context, SessionGrant grant)
    {
        SetTokens(context, grant);
        if (grant.Mark is { } mark)
            devices.Set(context.Response, grant.User, mark);
    }

    /// <summary>Gives the browser the session's tokens, with whatever answer follows.</summary>
    public void SetTokens(HttpContext context, SessionGrant grant)
    {
        access.Set(context.Response, grant);
        refresh.Set(context.Response, grant);
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
    public void SignOut(HttpContext context)
    {
        access.Clear(context.Response);
        refresh.Clear(context.Response);
    }
}
