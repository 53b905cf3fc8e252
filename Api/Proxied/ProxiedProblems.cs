using SessionAuth.Api.Http.Problems;

namespace SessionAuth.Api.Proxied;

/// <summary>The problems of requests to proxied applications.</summary>
internal static class ProxiedProblems
{
    public static readonly ApiProblem NotForwarded = new(
        StatusCodes.Status400BadRequest,
        "not-forwarded",
        "The proxy has to say, once each, with which method, at which host and for which path it was asked. See the proxy's documentation for the headers."
    );

    public static readonly ApiProblem UnknownApplication = new(
        StatusCodes.Status403Forbidden,
        "unknown-application",
        "No application is registered at this address."
    );

    public static readonly ApiProblem ForeignOrigin = new(
        StatusCodes.Status403Forbidden,
        "foreign-origin",
        "Signing out needs an Origin header with the application's own origin."
    );

    /// <summary>No session, for a script or a program of an application.</summary>
    /// <param name="signIn">Where a browser begins a sign-in.</param>
    public static ApiProblem NotSignedIn(string signIn) =>
        new(
            StatusCodes.Status401Unauthorized,
            "not-signed-in",
            "You are not signed in, or your session has ended. Sign in again."
        )
        {
            IsRefusal = false,
            SignIn = signIn,
        };
}
