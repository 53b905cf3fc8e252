using SessionAuth.Domain.Leases;

namespace SessionAuth.Checks;

/// <summary>Reads both clocks of this machine.</summary>
internal static class Clocks
{
    public static ClockReading Read(this TimeProvider clock) =>
        new(clock.GetElapsedTime(0), clock.GetUtcNow());
}
