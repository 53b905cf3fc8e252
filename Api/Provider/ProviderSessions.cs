using SessionAuth.Api.Sessions;
using SessionAuth.OpenId.Browsers;

namespace SessionAuth.Api.Provider;

/// <summary>Finds the session of a browser that an application has sent here, as for any other call.</summary>
internal sealed class ProviderSessions(SessionAuthentication sessions, BrowserSession browser)
    : IBrowserSessions
{
    public async ValueTask<FoundBrowserSession> Find(HttpContext context)
    {
        FoundSession found = await sessions.Find(context);
        if (found.IsSuperseded)
            return new FoundBrowserSession.Superseded();
        return found.Current is { } current
            ? new FoundBrowserSession.SignedIn(current.User, current.Id)
            : new FoundBrowserSession.NotSignedIn();
    }

    public void SignOut(HttpContext context) => browser.SignOut(context);
}
