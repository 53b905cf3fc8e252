namespace SessionAuth.Bench.Ladder;

/// <summary>What one round measured, for each request.</summary>
/// <param name="Microseconds">The processor time of the server.</param>
/// <param name="OfStore">The processor time of the store behind it, in microseconds.</param>
/// <param name="PerSecond">The rate of requests.</param>
/// <param name="Bytes">What the server allocated; null if it does not say.</param>
internal sealed record LadderRound(
    double Microseconds,
    double OfStore,
    double PerSecond,
    double? Bytes
);
