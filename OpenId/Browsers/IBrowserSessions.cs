using Microsoft.AspNetCore.Http;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.OpenId.Browsers;

/// <summary>The session in a browser's cookies, as the front end finds it for navigations.</summary>
public interface IBrowserSessions
{
    /// <summary>
    /// Finds the live session, restricted or not. Where the access token has expired, the response sets new cookies.
    /// </summary>
    ValueTask<FoundBrowserSession> Find(HttpContext context);

    /// <summary>Deletes the session cookies.</summary>
    void SignOut(HttpContext context);
}

/// <summary>The session of a browser, or why there is none.</summary>
public abstract record FoundBrowserSession
{
    private FoundBrowserSession() { }

    /// <summary>The browser is signed in.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Session">The session.</param>
    public sealed record SignedIn(UserId User, SessionId Session) : FoundBrowserSession;

    /// <summary>The browser is not signed in.</summary>
    public sealed record NotSignedIn : FoundBrowserSession;

    /// <summary>The cookies of this request are superseded: there are newer ones. The browser should ask again.</summary>
    public sealed record Superseded : FoundBrowserSession;

    /// <summary>Calls the delegate that matches.</summary>
    public T Match<T>(
        Func<SignedIn, T> signedIn,
        Func<NotSignedIn, T> notSignedIn,
        Func<Superseded, T> superseded
    ) =>
        this switch
        {
            SignedIn found => signedIn(found),
            NotSignedIn none => notSignedIn(none),
            Superseded old => superseded(old),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
