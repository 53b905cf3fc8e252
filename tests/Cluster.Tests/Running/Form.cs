namespace SessionAuth.Cluster.Tests.Running;

/// <summary>How much is done: the long form takes a quarter of an hour, and is asked for with <c>LONG=1</c>.</summary>
public static class Form
{
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("LONG") == "1";

    /// <summary>How many sessions a loop has.</summary>
    public static int Sessions => s_isLong ? 2000 : 600;

    /// <summary>For how many seconds nodes are paused.</summary>
    public static TheoryData<int> Pauses => s_isLong ? new(5, 20, 60) : new(5, 20);

    /// <summary>For how long the database is away.</summary>
    public static TimeSpan Outage => TimeSpan.FromSeconds(s_isLong ? 30 : 12);
}
