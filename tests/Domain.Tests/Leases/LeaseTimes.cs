using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Tests.Leases;

/// <summary>Times of leases in tests.</summary>
internal static class LeaseTimes
{
    public static readonly LeaseRules Rules = new(
        Length: Seconds(10),
        ClockDrift: 0.01,
        QuestionLifetime: Seconds(30),
        MostTombstones: 2
    );

    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A reading of two clocks that show the same.</summary>
    public static ClockReading At(double seconds) => At(seconds, wall: seconds);

    public static ClockReading At(double monotonic, double wall) =>
        new(Seconds(monotonic), s_start + Seconds(wall));
}
