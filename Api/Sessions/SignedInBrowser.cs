using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Accounts;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Security;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Sessions;

/// <summary>What a browser is given when its person is in, whatever way they came.</summary>
internal sealed class SignedInBrowser(
    SessionCookies cookies,
    LoginCookie login,
    DeviceCookie devices,
    SecurityLog log
)
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

    /// <summary>Gives it the tokens of its session, and the mark by which it is to be known, where it has changed.</summary>
    public void SignIn(HttpContext context, SessionGrant grant)
    {
        cookies.Set(context.Response, grant);
        if (grant.Mark is { } mark)
            devices.Set(context.Response, grant.User, mark);
    }

    /// <summary>Gives it the tokens of its session, takes what led there, and says whose it is.</summary>
    public Ok<LoginAnswer> Admit(HttpContext context, Admitted admitted)
    {
        SessionGrant grant = admitted.Grant;
        SignIn(context, grant);
        login.Clear(context);
        log.SignedIn(grant.User, grant.Session.Fingerprint, context.ClientAddress());
        Account account = Account.Of(admitted.Email, grant);
        return TypedResults.Ok(new LoginAnswer(account.UserId, account.Email, account.Next));
    }

    /// <summary>Gives it new tokens of the session that it has, where there are some.</summary>
    public void Renew(HttpContext context, SessionGrant? grant)
    {
        if (grant is not null)
            SignIn(context, grant);
    }

    /// <summary>Has it known as this user's until it is closed.</summary>
    public void Know(HttpContext context, UserId user, DeviceMark mark) =>
        devices.Set(context.Response, user, mark, remember: false);

    /// <summary>Takes its tokens.</summary>
    public void SignOut(HttpContext context) => cookies.Clear(context.Response);
}
