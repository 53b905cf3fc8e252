using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Exchanges the refresh token of a request for new tokens. <c>POST /refresh</c> and a call whose access token has expired
/// both come here, and nothing else does.
/// </summary>
internal sealed class TokenRefresh(
    RefreshCookie cookie,
    BrowserSession browser,
    IGrainFactory grains,
    IOwnSilo? silo = null
)
{
    private static readonly RefreshAnswer s_noToken = new(RefreshOutcome.NotLive);
    private static readonly RefreshAnswer s_notConfirmed = new(RefreshOutcome.HeldUp);

    /// <summary>Exchanges the token, and sets both cookies where that brings new tokens.</summary>
    public async ValueTask<RefreshAnswer> Spend(HttpContext context)
    {
        if (await cookie.ReadCurrent(context.Request) is not { } token)
            return s_noToken;

        // A process that was suspended wakes up with requests that other nodes have answered long ago.
        if (silo is { IsConfirmed: false })
            return s_notConfirmed;

        RefreshAnswer answer = await grains
            .Session(token.Session)
            .Refresh(token.Generation, context.ClientAddress(), context.RequestAborted);
        if (answer.Grant is { } grant)
            browser.SetTokens(context, grant);
        return answer;
    }
}
