using FsCheck.Xunit;

namespace SessionAuth.Domain.Tests;

/// <summary>
/// A property of simulated histories. A quick run tries few, <c>SIMULATION_FACTOR</c> (set by <c>./test.sh</c>)
/// multiplies them, and <c>LONG=1</c> runs twenty times more.
/// </summary>
public sealed class SimulationAttribute : PropertyAttribute
{
    /// <param name="runs">How many histories a quick run tries.</param>
    public SimulationAttribute(int runs) => MaxTest = Of(runs);

    /// <summary>The number of histories for the environment.</summary>
    public static int Of(int runs) =>
        Environment.GetEnvironmentVariable("LONG") == "1" ? runs * 20
        : int.TryParse(Environment.GetEnvironmentVariable("SIMULATION_FACTOR"), out int times)
            ? runs * times
        : runs;
}
