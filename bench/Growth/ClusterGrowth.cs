using System.Diagnostics;
using SessionAuth.Bench.Growth.Costs;
using SessionAuth.Bench.Growth.Simulation;

namespace SessionAuth.Bench.Growth;

/// <summary>
/// How a cluster grows: messages and processor time per second, and the time of a revocation, for clusters that are
/// larger than any machine of a test. What a message costs is measured between real processes; how many there are is
/// simulated with the rules of the product on a moved clock.
/// </summary>
internal static class ClusterGrowth
{
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(10);

    // Longer than a lease.
    private static readonly TimeSpan s_stopped = TimeSpan.FromSeconds(6);

    public static async Task Measure()
    {
        MessageCosts costs = await MessageCosts.Measure();
        Console.WriteLine($"{costs}\n");
        List<GrowthResult> results = [];
        foreach (ClusterSize size in ClusterSize.All)
        {
            Stopwatch clock = Stopwatch.StartNew();
            results.Add(Simulate(size));
            await Console.Error.WriteLineAsync(
                $"{size} simulated in {clock.Elapsed.TotalSeconds:N0} s"
            );
            GC.Collect();
        }
        GrowthTables.Print(results, costs);
    }

    private static GrowthResult Simulate(ClusterSize size)
    {
        SimulatedCluster cluster = SimulatedCluster.Start(size);
        MessageCounts before = cluster.Counts.Copy();
        TimeSpan[] recalls = cluster.Run(s_measured);
        MessageCounts counts = cluster.Counts.Since(before);
        cluster.StopOne();
        TimeSpan[] beside = cluster.Run(s_stopped);
        return new(size, counts, s_measured, recalls, beside);
    }
}
