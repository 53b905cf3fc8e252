namespace SessionAuth.Domain.Sessions;

/// <summary>
/// What the use of a session has taught, in memory. It is stored with the session's next write, or by itself from time to
/// time (write-behind), so that a check never waits for storage. Losing it in a crash is harmless: an older refresh token
/// is then good for a little longer, and the session looks a little less recently used.
/// </summary>
/// <param name="LastSeenAt">When the session was last used.</param>
/// <param name="Deliveries">Which generations of its tokens have come back.</param>
/// <param name="ReplacedHaveEnded">Whether the sessions that this one replaces have ended.</param>
public readonly record struct SessionActivity(
    DateTimeOffset LastSeenAt,
    Deliveries Deliveries,
    bool ReplacedHaveEnded
)
{
    /// <summary>What the stored session knows.</summary>
    public static SessionActivity Of(SessionState saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return new(saved.LastSeenAt, saved.Rotation.Deliveries, saved.Replaces.Count == 0);
    }
}
