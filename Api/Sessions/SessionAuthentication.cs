using SessionAuth.Api.Cookies;
using SessionAuth.Api.Http.Requests;
using SessionAuth.Checks;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Finds the session of a request by its cookies. A valid access token is checked by <see cref="SessionChecks"/>. Without
/// one, a valid refresh token is exchanged for new tokens, and the response sets both cookies.
/// </summary>
internal sealed class SessionAuthentication(
    AccessCookie cookie,
    TokenRefresh refresh,
    SessionChecks checks
)
{
    /// <summary>Finds the session for the request's endpoint, and keeps it as the request's current session.</summary>
    public async ValueTask<FoundSession> Find(HttpContext context)
    {
        if (await cookie.Read(context.Request) is { } access && cookie.IsCurrent(access))
        {
            SessionStanding standing = await checks.Check(access.Session);
            if (standing is SessionStanding.Live or SessionStanding.Restricted)
                return Found(
                    context,
                    new(access.Session.User, access.Session.Session),
                    standing == SessionStanding.Restricted
                );
        }

        RefreshAnswer answer = await refresh.Spend(context);
        if (answer.Outcome == RefreshOutcome.Superseded)
            return FoundSession.Superseded;
        return answer.Tokens is { } tokens
            ? Found(context, new(tokens.User, tokens.Session), tokens.Restricted)
            : FoundSession.None;
    }

    private static FoundSession Found(HttpContext context, CurrentSession session, bool restricted)
    {
        if (restricted && !SessionUse.IsOpenToRestricted(context.GetEndpoint()))
            return FoundSession.Restricted;

        context.Features.Set(session);
        return FoundSession.Of(session);
    }
}
