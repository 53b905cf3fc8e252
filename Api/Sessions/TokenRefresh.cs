using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>Spends the refresh token that a request carries: the one place that does.</summary>
internal sealed class TokenRefresh(
    RefreshCookie cookie,
    BrowserSession browser,
    IGrainFactory grains,
    IOwnSilo? silo = null
)
{
    private static readonly RefreshAnswer s_noToken = new(RefreshOutcome.NotLive);
    private static readonly RefreshAnswer s_notConfirmed = new(RefreshOutcome.HeldUp);

    /// <summary>Spends it, and has the answer set both cookies anew where that brings new tokens.</summary>
    public async ValueTask<RefreshAnswer> Spend(HttpContext context)
    {
        if (await cookie.ReadCurrent(context.Request) is not { } token)
            return s_noToken;

        // A process that was stopped wakes up with requests whose browsers have long been answered elsewhere.
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
