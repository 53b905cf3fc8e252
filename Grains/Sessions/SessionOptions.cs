using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <summary>When sessions end, and how their tokens rotate.</summary>
public sealed class SessionOptions
{
    private SessionRules? _rules;

    /// <summary>A session that is not used for this long has ended (ASVS 7.3.1).</summary>
    [ConfigurationKeyName("SESSION_IDLE_TIMEOUT")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The same for a session that its user did not want remembered; never more than <see cref="IdleTimeout"/>.</summary>
    public TimeSpan BriefIdleTimeout { get; internal set; } = TimeSpan.FromHours(24);

    /// <summary>A session ends this long after the sign-in, used or not (ASVS 7.3.2).</summary>
    [ConfigurationKeyName("SESSION_ABSOLUTE_TIMEOUT")]
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(90);

    /// <summary>For how long two clients may hold the same refresh token.</summary>
    [ConfigurationKeyName("REFRESH_GRACE")]
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many live sessions a user may have; one more ends the earliest created.</summary>
    [ConfigurationKeyName("MAX_SESSIONS_PER_USER")]
    public int MaxSessionsPerUser { get; set; } = 100;

    /// <summary>What a check learns is stored at most this often.</summary>
    [ConfigurationKeyName("COARSE_WRITE_INTERVAL")]
    public TimeSpan CoarseWriteInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long the first use of a session waits for the end of those that it replaces.</summary>
    public TimeSpan PatienceWithReplaced { get; internal set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many watchers a session may have at a time.</summary>
    public int MaxWatchers { get; internal set; } = 5;

    // One for all sessions in memory, of which there can be very many.
    internal SessionRules Rules =>
        _rules ??= new(IdleTimeout, BriefIdleTimeout, AbsoluteTimeout, RefreshGrace);
}
