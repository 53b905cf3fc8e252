using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>
/// Exchanges the refresh token of a request for new tokens, for <c>POST /refresh</c> and for calls without a valid
/// access token.
/// </summary>
internal sealed class TokenRefresh(
    RefreshCookie cookie,
    BrowserSession browser,
    IGrainFactory grains,
    IOwnSilo? silo = null
)
{
    private static readonly RefreshAnswer s_noToken = new(RefreshOutcome.NotLive);
    private static readonly RefreshAnswer s_notConfirmed = new(RefreshOutcome.Superseded);

    /// <summary>Exchanges the token, and sets both cookies if there are new tokens.</summary>
    public async ValueTask<RefreshAnswer> Spend(HttpContext context)
    {
        if (await cookie.ReadCurrent(context.Request) is not { } token)
            return s_noToken;

        // A process that was suspended resumes with requests that other nodes may have answered meanwhile.
        if (silo is { IsConfirmed: false })
            return s_notConfirmed;

        RefreshAnswer answer = await grains
            .Session(token.Session)
            .Refresh(token.Generation, context.ClientIpAddress(), context.RequestAborted);
        if (answer.Tokens is { } tokens)
            browser.SetTokens(context, tokens);
        return answer;
    }
}
