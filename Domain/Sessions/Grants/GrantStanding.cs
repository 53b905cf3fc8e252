using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>What an application learns by a check of its grant, while the session and the grant are live.</summary>
/// <param name="Id">The grant.</param>
/// <param name="Application">The application.</param>
/// <param name="User">The session's user.</param>
/// <param name="Scopes">What the application may ask for.</param>
/// <param name="AuthenticatedAt">
/// When the user had authenticated as the grant was opened (<c>auth_time</c>); null if that did not count any more.
/// </param>
/// <param name="AuthenticationMethods">How the user had authenticated (<c>amr</c>).</param>
public sealed record GrantStanding(
    GrantId Id,
    ClientId Application,
    UserId User,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? AuthenticatedAt,
    IReadOnlyList<AuthenticationMethod> AuthenticationMethods
);
