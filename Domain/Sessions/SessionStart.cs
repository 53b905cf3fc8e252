namespace SessionAuth.Domain.Sessions;

/// <summary>What a session begins with.</summary>
/// <param name="User">Its user.</param>
/// <param name="Device">Where it is started.</param>
/// <param name="Persistent">Whether its refresh token outlives the browser session.</param>
/// <param name="Proof">How its user signed in.</param>
/// <param name="Replaces">
/// The sessions that the browser had before, whoever's they are. They end when this one is first used and not earlier: if
/// the answer is lost, the browser still depends on them.
/// </param>
public sealed record SessionStart(
    UserId User,
    ClientDevice Device,
    bool Persistent,
    SessionProof Proof,
    IReadOnlyList<SessionId>? Replaces = null
);
