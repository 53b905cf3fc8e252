namespace SessionAuth.Domain.Sessions;

/// <summary>The data that a session's tokens are issued from, once it is stored.</summary>
/// <param name="Session">The session id.</param>
/// <param name="User">The user id.</param>
/// <param name="Generation">The generation of the tokens.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute timeout.</param>
/// <param name="Persistent">Whether the refresh token outlives the browser session ("remember me").</param>
/// <param name="Restricted">Whether the session is restricted until the user has added or used a second factor.</param>
/// <param name="Mark">The device mark to set in the browser; null to leave it unchanged.</param>
public sealed record SessionTokens(
    SessionId Session,
    UserId User,
    long Generation,
    DateTimeOffset ExpiresAt,
    bool Persistent,
    bool Restricted = false,
    DeviceMark? Mark = null
);
