using SessionAuth.Api.Settings;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces;
using SessionAuth.OpenId.Grants;
using SessionAuth.Ui.Pages;

namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// <c>GET /.sessionauth/callback</c> at an application's host: redeems the code in the session, and sets the application's
/// cookie. Proxies repeat a GET whose connection broke, so the same code may come more than once while it is valid.
/// </summary>
internal sealed class SignInCallback(
    AuthorizationCodes codes,
    GrantValues values,
    AttemptCookies attempts,
    SignInStart start,
    Origins origins,
    IGrainFactory grains,
    TimeProvider clock
)
{
    private const int LongestState = 64;

    /// <summary>Answers the browser that comes back.</summary>
    public async Task Answer(HttpContext context, ProxiedHost host)
    {
        IQueryCollection query = context.Request.Query;
        string state = Single(query, "state") is { Length: <= LongestState } given ? given : "";
        SignInAttempt? attempt =
            state.Length == 0 ? null : await attempts.Find(context, host.Origin, state);
        // Somebody else's browser, or one that has lost its cookies.
        if (attempt is null)
        {
            await Again(context, host, state, "/");
            return;
        }

        AttemptCookies.Clear(context, host.Origin, state);
        // Mix-up (RFC 9207).
        bool isOurs = Single(query, "iss") == origins.Api.Value + "/";
        if (!isOurs || Single(query, "code") is not { } text)
        {
            await WriteFailed(context, host);
            return;
        }

        if (await Redeem(context, host, attempt, text) is not { } opened)
        {
            await Again(context, host, state, attempt.Return);
            return;
        }

        SetCookie(context, host, opened);
        SignedOutCookie.Clear(context.Response, host.Origin);
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = host.Origin + attempt.Return;
    }

    private async Task<OpenedGrant?> Redeem(
        HttpContext context,
        ProxiedHost host,
        SignInAttempt attempt,
        string text
    )
    {
        AuthorizationCode? code = await codes.Open(text, context.RequestAborted);
        bool isForThis =
            code is not null
            && code.Application == host.Application.Id
            && code.RedirectHash == AuthorizationCode.HashOf(host.Origin + ProxiedPaths.Callback)
            && code.Challenge == attempt.Challenge;
        if (!isForThis)
            return null;

        GrantOpening opening = code!.Opening() with
        {
            IsRepeatable = true,
            Replaces = await GrantOfCookie(context, host, code),
        };
        OpenGrantResult result = await grains.Session(code.Session).OpenGrant(opening);
        return result.Match<OpenedGrant?>(
            opened => new(new(code.Session, code.Id, code.Application), opened.PersistsUntil),
            usedBefore => null,
            expired => null,
            notLive => null,
            tooMany => null
        );
    }

    // The grant that this browser had of the same session: it ends with the new one.
    private async ValueTask<GrantId?> GrantOfCookie(
        HttpContext context,
        ProxiedHost host,
        AuthorizationCode code
    )
    {
        string cookie = ApplicationCookie.Find(context.Request, host.Origin).ToString();
        if (cookie.Length == 0)
            return null;

        NamedGrant? named = await values.ReadSessionToken(cookie, context.RequestAborted);
        return
            named is not null
            && named.Session == code.Session
            && named.Application == code.Application
            // A repeated answer must not end what it has opened.
            && named.Id != code.Id
            ? named.Id
            : null;
    }

    private void SetCookie(HttpContext context, ProxiedHost host, OpenedGrant opened) =>
        ApplicationCookie.Set(
            context.Response,
            host.Origin,
            values.SessionToken(opened.Grant),
            opened.PersistsUntil - clock.GetUtcNow()
        );

    private Task Again(HttpContext context, ProxiedHost host, string state, string path)
    {
        if (SignInAttempt.IsSecond(state))
            return WriteFailed(context, host);

        start.Begin(context, host, path, isSecond: true);
        return Task.CompletedTask;
    }

    private static Task WriteFailed(HttpContext context, ProxiedHost host)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return UiPages.Write(
            context,
            new StandalonePage(
                "Sign-in did not complete",
                $"You are not signed in to {host.Application.Name} yet. If this happens again, allow cookies for this site.",
                ProxiedPaths.SignInAt(host.Origin, "/"),
                "Try again"
            )
        );
    }

    private static string? Single(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } value] ? value : null;

    private sealed record OpenedGrant(NamedGrant Grant, DateTimeOffset? PersistsUntil);
}
