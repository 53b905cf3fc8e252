namespace SessionAuth.Domain.Sessions;

/// <summary>
/// The activity of a session, kept in memory and stored write-behind: with the next write of the session, or
/// periodically, so that a check never waits for storage. Losing it in a crash is harmless: an older refresh token then
/// stays valid for a little longer, and the session looks less recently used.
/// </summary>
/// <param name="LastSeenAt">When the session was last used.</param>
/// <param name="Deliveries">Which token generations were presented.</param>
/// <param name="ReplacedHaveEnded">Whether the replaced sessions have ended.</param>
public readonly record struct SessionActivity(
    DateTimeOffset LastSeenAt,
    Deliveries Deliveries,
    bool ReplacedHaveEnded
)
{
    /// <summary>The activity that a stored session has.</summary>
    public static SessionActivity Of(SessionState saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return new(saved.LastSeenAt, saved.Rotation.Deliveries, saved.Replaces.Count == 0);
    }
}
