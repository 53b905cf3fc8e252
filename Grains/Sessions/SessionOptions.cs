using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <summary>When sessions end, and how their tokens rotate.</summary>
public sealed class SessionOptions
{
    private SessionRules? _rules;

    /// <summary>Inactivity timeout (ASVS 7.3.1).</summary>
    [ConfigurationKeyName("SESSION_IDLE_TIMEOUT")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Inactivity timeout of sessions without "remember me"; at most <see cref="IdleTimeout"/>.</summary>
    public TimeSpan BriefIdleTimeout { get; internal set; } = TimeSpan.FromHours(24);

    /// <summary>Absolute maximum lifetime, whether used or not (ASVS 7.3.2).</summary>
    [ConfigurationKeyName("SESSION_ABSOLUTE_TIMEOUT")]
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a superseded refresh token still works, for parallel requests and lost answers.</summary>
    [ConfigurationKeyName("REFRESH_GRACE")]
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most live sessions of a user; one more ends the earliest created.</summary>
    [ConfigurationKeyName("MAX_SESSIONS_PER_USER")]
    public int MaxSessionsPerUser { get; set; } = 100;

    /// <summary>The shortest time between two writes of a session's activity (write-behind).</summary>
    [ConfigurationKeyName("COARSE_WRITE_INTERVAL")]
    public TimeSpan CoarseWriteInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the first use of a session waits until the sessions that it replaces have ended.</summary>
    public TimeSpan PatienceWithReplaced { get; internal set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most concurrent watchers of a session.</summary>
    public int MaxWatchers { get; internal set; } = 5;

    // Shared by all activations: there can be very many.
    internal SessionRules Rules =>
        _rules ??= new(IdleTimeout, BriefIdleTimeout, AbsoluteTimeout, RefreshGrace);
}
