using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Interfaces.Sessions;

/// <summary>Whether a session is good, as of the answer.</summary>
[GenerateSerializer, Alias("session-standing")]
public enum SessionStanding
{
    /// <summary>There is no such session, or it is another user's.</summary>
    Unknown,

    /// <summary>The session is live.</summary>
    Live,

    /// <summary>The session was revoked or has expired; nothing brings it back.</summary>
    Ended,

    /// <summary>The session is live, but opens nothing until its user has proved a second factor.</summary>
    Restricted,

    /// <summary>The session is live, but the token is from before a step-up (ASVS 7.2.4).</summary>
    Superseded,
}

/// <summary>What the tokens of a session are made of, once it is durable.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">Its user.</param>
/// <param name="Generation">The generation that the tokens carry.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute end, as of now.</param>
/// <param name="Persistent">Whether the refresh token outlives the browser's own session.</param>
/// <param name="Restricted">Whether it opens nothing until its user has proved a second factor.</param>
/// <param name="Mark">What its browser is to be known by from now on; null when that does not change.</param>
[GenerateSerializer, Immutable, Alias("session-grant")]
public sealed record SessionGrant(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] UserId User,
    [property: Id(2)] long Generation,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] bool Persistent,
    [property: Id(5)] bool Restricted = false,
    [property: Id(6)] DeviceMark? Mark = null
);

/// <summary>What became of a refresh.</summary>
[GenerateSerializer, Alias("refresh-outcome")]
public enum RefreshOutcome
{
    /// <summary>There are new tokens, or the newest once more.</summary>
    Refreshed,

    /// <summary>There is no such session, or it has ended; a copied token may just have ended it.</summary>
    NotLive,

    /// <summary>
    /// Newer tokens have been used since, or are under way. Nothing has changed: repeat the request with those.
    /// </summary>
    HeldUp,
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Grant">What the new tokens are made of, where there are some.</param>
[GenerateSerializer, Immutable, Alias("refresh-answer")]
public sealed record RefreshAnswer(
    [property: Id(0)] RefreshOutcome Outcome,
    [property: Id(1)] SessionGrant? Grant = null
);

/// <summary>What a session looks like from outside.</summary>
/// <param name="Id">The session.</param>
/// <param name="User">Its user.</param>
/// <param name="Device">Where it was started; the address is that of the last refresh.</param>
/// <param name="CreatedAt">When its user signed in.</param>
/// <param name="LastSeenAt">When it was last checked or refreshed.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute end, as of now.</param>
/// <param name="EndedAt">When it ended; null while it is live.</param>
/// <param name="EndReason">Why it ended; null while it is live.</param>
/// <param name="ProvedAt">When its user last proved who they are, at the sign-in or by a step-up; null when that proof was forgotten.</param>
/// <param name="Proof">What that proof was made with.</param>
[GenerateSerializer, Immutable, Alias("session-snapshot")]
public sealed record SessionSnapshot(
    [property: Id(0)] SessionId Id,
    [property: Id(1)] UserId User,
    [property: Id(2)] ClientDevice Device,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset LastSeenAt,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] DateTimeOffset? EndedAt,
    [property: Id(7)] SessionEndReason? EndReason,
    [property: Id(8)] DateTimeOffset? ProvedAt,
    [property: Id(9)] SessionProof Proof
);

/// <summary>What became of a watch on a session.</summary>
[GenerateSerializer, Alias("watch-outcome")]
public enum WatchOutcome
{
    /// <summary>The watcher will be told when the session ends.</summary>
    Watching,

    /// <summary>The session has as many watchers as allowed.</summary>
    TooMany,

    /// <summary>The session had ended already, or never was.</summary>
    Ended,
}

/// <summary>The answer to a watch.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why the session ended, where it did.</param>
[GenerateSerializer, Immutable, Alias("watch-answer")]
public sealed record WatchAnswer(
    [property: Id(0)] WatchOutcome Outcome,
    [property: Id(1)] SessionEndReason? Reason = null
);
