namespace SessionAuth.Cluster.Tests.Running;

/// <summary>The size of the tests. <c>LONG=1</c> selects large ones, which take most of an hour.</summary>
public static class TestSize
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("LONG") == "1";

    /// <summary>The number of sessions of a loop.</summary>
    public static int Sessions => IsLong ? 2000 : 600;

    /// <summary>The number of sessions that are revoked at a constant rate.</summary>
    public static int RevocationsAtConstantRate => IsLong ? 12_000 : 200;

    /// <summary>The number of sessions that are copied to each node and revoked one after another.</summary>
    public static int CopiedSessions => IsLong ? 2000 : 160;

    /// <summary>How many seconds nodes are suspended.</summary>
    public static TheoryData<int> Pauses => IsLong ? new(5, 20, 60) : new(5, 20);

    /// <summary>How long a front end stays suspended after the revocations were answered.</summary>
    public static TimeSpan FrontEndPause => TimeSpan.FromSeconds(IsLong ? 20 : 5);

    /// <summary>How long the database is unavailable.</summary>
    public static TimeSpan Outage => TimeSpan.FromSeconds(IsLong ? 30 : 12);
}
