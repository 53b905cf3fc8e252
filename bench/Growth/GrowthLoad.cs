namespace SessionAuth.Bench.Growth;

/// <summary>The load that is assumed, the same for clusters of all sizes, and the network between their processes.</summary>
internal static class GrowthLoad
{
    /// <summary>Sessions in use.</summary>
    public const int Sessions = 1_000_000;

    /// <summary>A session is checked by 1 to this many front ends, each number equally often.</summary>
    public const int MostFrontEndsEach = 3;

    /// <summary>Revocations per second; as many people sign in.</summary>
    public const int RevocationsPerSecond = 100;

    /// <summary>How often a session is checked, on average.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    /// <summary>How often its tokens are refreshed: when the access token has expired.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(15) + CheckInterval;

    /// <summary>The time of a message from one process to another.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(0.25);

    /// <summary>The time of a write to the database.</summary>
    public static readonly TimeSpan Write = TimeSpan.FromMilliseconds(2);

    public static int ChecksPerSecond => (int)(Sessions / CheckInterval.TotalSeconds);

    public static int RefreshesPerSecond => (int)(Sessions / RefreshInterval.TotalSeconds);
}
