using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.UseCases.Throttling;

namespace SessionAuth.Api.Sessions;

/// <summary>The session in a browser's cookies: reads, sets, renews and deletes its tokens.</summary>
internal sealed class BrowserSession(
    AccessCookie access,
    RefreshCookie refresh,
    DeviceCookie devices
)
{
    /// <summary>The sessions whose tokens the request carries, expired or not.</summary>
    public async ValueTask<IReadOnlyList<SessionId>> Sessions(HttpContext context)
    {
        RefreshToken? refreshToken = await refresh.Read(context.Request);
        AccessToken? accessToken = await access.Read(context.Request);
        return
        [
            .. new[] { refreshToken?.Session, accessToken?.Session.Session }
                .OfType<SessionId>()
                .Distinct(),
        ];
    }

    /// <summary>The client of a throttled attempt.</summary>
    public async ValueTask<Client> Client(HttpContext context)
    {
        DeviceToken? device = await devices.ReadCurrent(context.Request);
        return new(context.ClientNetwork(), context.Device(), device?.User, device?.Mark);
    }

    /// <summary>The device and lifetime of a session to start.</summary>
    /// <param name="context">The request.</param>
    /// <param name="persistent">Whether the session outlives the browser session ("remember me").</param>
    /// <param name="mark">The device mark that the browser presented; null if none.</param>
    public async ValueTask<SignInContext> SignInContext(
        HttpContext context,
        bool persistent,
        DeviceMark? mark
    ) =>
        new(
            context.Device(),
            persistent,
            await Sessions(context),
            Operation: context.Operation(),
            Mark: mark
        );

    /// <summary>Sets the session cookies, and the device cookie if it has changed.</summary>
    public void SignIn(HttpContext context, SessionTokens tokens)
    {
        SetTokens(context, tokens);
        if (tokens.Mark is { } mark)
            devices.Set(context.Response, tokens.User, mark);
    }

    /// <summary>Sets the session cookies on the response, even if it becomes an error response.</summary>
    public void SetTokens(HttpContext context, SessionTokens tokens)
    {
        access.Set(context.Response, tokens);
        refresh.Set(context.Response, tokens);
    }

    /// <summary>Replaces the session cookies, if there are new tokens.</summary>
    public void Renew(HttpContext context, SessionTokens? tokens)
    {
        if (tokens is not null)
            SignIn(context, tokens);
    }

    /// <summary>Makes the browser a known device of the user until it is closed.</summary>
    public void MarkAsKnown(HttpContext context, UserId user, DeviceMark mark) =>
        devices.Set(context.Response, user, mark, remember: false);

    /// <summary>Deletes the session cookies.</summary>
    public void SignOut(HttpContext context)
    {
        access.Clear(context.Response);
        refresh.Clear(context.Response);
    }
}
