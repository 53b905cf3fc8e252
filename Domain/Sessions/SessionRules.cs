namespace SessionAuth.Domain.Sessions;

/// <summary>When sessions end, and how their tokens rotate.</summary>
/// <param name="IdleTimeout">A remembered session that is not used for this long has ended (ASVS 7.3.1).</param>
/// <param name="BriefIdleTimeout">The same for a session that lasts no longer than the browser session.</param>
/// <param name="AbsoluteTimeout">A session ends this long after the sign-in, used or not (ASVS 7.3.2).</param>
/// <param name="RefreshGrace">How long two clients may hold the same refresh token, as two tabs of one browser do.</param>
public sealed record SessionRules(
    TimeSpan IdleTimeout,
    TimeSpan BriefIdleTimeout,
    TimeSpan AbsoluteTimeout,
    TimeSpan RefreshGrace
);
