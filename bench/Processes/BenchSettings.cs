namespace SessionAuth.Bench.Processes;

/// <summary>The settings of nodes that are measured, where they are not the default.</summary>
internal static class BenchSettings
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        // The measurement takes longer than a token is valid by default.
        ["ACCESS_TOKEN_LIFETIME"] = "01:00:00",
        // All people register from one address.
        ["SIGN_IN_THROTTLE"] = "off",
    };
}
