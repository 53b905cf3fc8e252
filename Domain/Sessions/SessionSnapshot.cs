using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Sessions;

/// <summary>A snapshot of a session.</summary>
/// <param name="Id">The session id.</param>
/// <param name="User">The user id.</param>
/// <param name="Device">The device that it was started on; its IP address is that of the last refresh.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastSeenAt">When it was last checked or refreshed.</param>
/// <param name="ExpiresAt">The earlier of the idle and the absolute timeout.</param>
/// <param name="EndedAt">When it ended; null while it is live.</param>
/// <param name="EndReason">Why it ended; null while it is live.</param>
/// <param name="AuthenticatedAt">
/// When the user last authenticated, at sign-in or by step-up (<c>auth_time</c>); null if that no longer counts.
/// </param>
/// <param name="Proof">How the user authenticated.</param>
/// <param name="Applications">The applications that the session was handed to.</param>
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
    SessionProof Proof,
    IReadOnlyList<OpenedApplication> Applications
);
