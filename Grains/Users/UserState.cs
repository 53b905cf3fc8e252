using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Users;

/// <summary>A user as stored, or an id that was given up.</summary>
public sealed record UserState
{
    /// <summary>The canonical address; null for an id that was given up.</summary>
    public string? Email { get; init; }

    /// <summary>The password's hash, a PHC string; null for an id that was given up.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>When the user registered, or the id was given up.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When storage may forget an id that was given up; null for a user.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The sessions that may be live, in the order in which they were created.</summary>
    public IReadOnlyList<ListedSession> Sessions { get; init; } = [];

    /// <summary>
    /// When there is something to do that no request will come for: mail to send, an ending to finish; null when there
    /// is not. Storage finds users by it.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The last ten that ended, latest first.</summary>
    public IReadOnlyList<EndedSession> Ended { get; init; } = [];
}

/// <summary>A session in its user's list, where it stands before it exists.</summary>
/// <param name="Id">The session id.</param>
/// <param name="ListedAt">When it was listed.</param>
public sealed record ListedSession(string Id, DateTimeOffset ListedAt);

/// <summary>A session that has ended, as its user is shown it.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Device">Where it was started.</param>
/// <param name="CreatedAt">When its user signed in.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it would have ended by itself.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Reason">Why.</param>
public sealed record EndedSession(
    string Id,
    ClientDevice Device,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndedAt,
    SessionEndReason Reason
);
