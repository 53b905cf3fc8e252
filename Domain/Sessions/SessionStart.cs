namespace SessionAuth.Domain.Sessions;

/// <summary>The data that a session is started with.</summary>
/// <param name="User">The user id.</param>
/// <param name="Device">The device that it is started on.</param>
/// <param name="Persistent">Whether the refresh token outlives the browser session ("remember me").</param>
/// <param name="Proof">How the user authenticated.</param>
/// <param name="Replaces">
/// The browser's previous sessions, of any user. They end when this one is first used, not earlier: if the response is
/// lost, the browser still depends on them.
/// </param>
public sealed record SessionStart(
    UserId User,
    ClientDevice Device,
    bool Persistent,
    SessionProof Proof,
    IReadOnlyList<SessionId>? Replaces = null
);
