namespace SessionAuth.Domain.Sessions;

/// <summary>What the tokens of a session are made from, once it is durable.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">Its user.</param>
/// <param name="Generation">The generation that the tokens carry.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute timeout, as of now.</param>
/// <param name="Persistent">Whether the refresh token outlives the browser session.</param>
/// <param name="Restricted">Whether the session allows nothing until its user has proved a second factor.</param>
/// <param name="Mark">The mark to remember its browser by; null when that does not change.</param>
public sealed record SessionGrant(
    SessionId Session,
    UserId User,
    long Generation,
    DateTimeOffset ExpiresAt,
    bool Persistent,
    bool Restricted = false,
    DeviceMark? Mark = null
);
