using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Api.Sessions;

/// <summary>Whether one is signed in, and as whom.</summary>
/// <param name="UserId">The user.</param>
/// <param name="SessionId">The session.</param>
internal sealed record SignedIn(string UserId, string SessionId);

/// <summary>The user and this session.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Email">The user's address.</param>
/// <param name="Session">This session.</param>
internal sealed record Me(string UserId, string Email, LiveSession Session);

/// <summary>A device that is signed in.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Browser">The browser.</param>
/// <param name="System">The operating system.</param>
/// <param name="Ip">The address that it was last refreshed from.</param>
/// <param name="CreatedAt">When the user signed in there.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it ends if it is not used: the earlier of the idle and the absolute timeout, as of now.</param>
/// <param name="Current">Whether it is the session that asks.</param>
internal sealed record LiveSession(
    string Id,
    string Browser,
    string System,
    string Ip,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    bool Current
)
{
    public static LiveSession Of(SessionSnapshot session, CurrentSession current) =>
        new(
            session.Id.Value,
            session.Device.Browser,
            session.Device.System,
            session.Device.Ip,
            session.CreatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.Id == current.Id
        );
}

/// <summary>A device that was signed in.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Browser">The browser.</param>
/// <param name="System">The operating system.</param>
/// <param name="Ip">The address that it was last refreshed from.</param>
/// <param name="CreatedAt">When the user signed in there.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why it ended.</param>
internal sealed record PastSession(
    string Id,
    string Browser,
    string System,
    string Ip,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset EndedAt,
    SessionEndReason Reason
)
{
    public static PastSession Of(SessionSnapshot session) =>
        new(
            session.Id.Value,
            session.Device.Browser,
            session.Device.System,
            session.Device.Ip,
            session.CreatedAt,
            session.LastSeenAt,
            session.EndedAt!.Value,
            session.EndReason!.Value
        );
}

/// <summary>The user's devices.</summary>
/// <param name="Sessions">Those that are signed in, in the order in which they signed in.</param>
/// <param name="Ended">The last ten that were, latest first.</param>
internal sealed record DeviceList(
    IReadOnlyList<LiveSession> Sessions,
    IReadOnlyList<PastSession> Ended
);

/// <summary>Why a session has ended.</summary>
/// <param name="Reason">The reason.</param>
internal sealed record RevokedEvent(SessionEndReason Reason);
