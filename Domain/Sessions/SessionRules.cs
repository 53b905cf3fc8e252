namespace SessionAuth.Domain.Sessions;

/// <summary>Session timeouts and the rotation grace.</summary>
/// <param name="IdleTimeout">The idle timeout of a persistent session (ASVS 7.3.1).</param>
/// <param name="BriefIdleTimeout">The idle timeout of a session that ends with the browser session.</param>
/// <param name="AbsoluteTimeout">The absolute timeout, from the sign-in on (ASVS 7.3.2).</param>
/// <param name="RefreshGrace">
/// How long a superseded refresh token still works, for parallel requests and lost responses.
/// </param>
public sealed record SessionRules(
    TimeSpan IdleTimeout,
    TimeSpan BriefIdleTimeout,
    TimeSpan AbsoluteTimeout,
    TimeSpan RefreshGrace
);
