namespace SessionAuth.Domain.Sessions;

/// <summary>A session at one moment, as others see it.</summary>
/// <param name="Id">The session.</param>
/// <param name="User">Its user.</param>
/// <param name="Device">Where it was started; the IP address is that of the last refresh.</param>
/// <param name="CreatedAt">When its user signed in.</param>
/// <param name="LastSeenAt">When it was last checked or refreshed.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute timeout, as of now.</param>
/// <param name="EndedAt">When it ended; null while it is live.</param>
/// <param name="EndReason">Why it ended; null while it is live.</param>
/// <param name="AuthenticatedAt">When its user last authenticated, at sign-in or by step-up (<c>auth_time</c>); null when that proof was dropped.</param>
/// <param name="Proof">How.</param>
public sealed record SessionSnapshot(
    SessionId Id,
    UserId User,
    ClientDevice Device,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt,
    SessionEndReason? EndReason,
    DateTimeOffset? AuthenticatedAt,
    SessionProof Proof
);
