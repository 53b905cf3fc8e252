using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Growth.Costs;

namespace SessionAuth.Bench.Growth;

/// <summary>Prints what was simulated.</summary>
internal static class GrowthTables
{
    public static void Print(IReadOnlyList<GrowthResult> results, MessageCosts costs)
    {
        Console.WriteLine(
            $"""
            {GrowthLoad.Sessions:N0} sessions in use, {GrowthLoad.ChecksPerSecond:N0} checks/s, {GrowthLoad.RefreshesPerSecond:N0} refreshes/s, {GrowthLoad.RevocationsPerSecond:N0} revocations/s and as many sign-ins:

            | silos × front ends | messages/s | renewals/s | uses reported/s | asking checks/s | recalls/s | probes/s | CPU of all silos | of it renewals | each silo | each front end |
            |---|---|---|---|---|---|---|---|---|---|---|
            """
        );
        foreach (GrowthResult result in results)
        {
            double silos = result.CoresOfSilos(costs);
            Console.WriteLine(
                $"| {result.Size} | {result.Messages:N0} | {result.Renewals:N0} "
                    + $"| {result.Uses:N0} | {result.Questions:N0} | {result.Recalled:N0} | {result.Probes:N0} "
                    + $"| {silos:N2} cores | {result.CoresForRenewals(costs) / silos:P0} "
                    + $"| {silos / result.Size.Silos:P1} | {result.CoresOfHolders(costs) / result.Size.Holders:P1} |"
            );
        }
        Console.WriteLine(
            """

            | silos × front ends | recalls for a revocation | recalled after, median | 99 % | beside a stopped front end, median of those that wait | slowest |
            |---|---|---|---|---|---|
            """
        );
        foreach (GrowthResult result in results)
        {
            TimeSpan[] recalls = [.. result.Recalls.Order()];
            TimeSpan[] waited = [.. result.RecallsBesideStopped.Where(IsWait)];
            Console.WriteLine(
                $"| {result.Size} | {(double)result.Counts.Recalls / recalls.Length:N2} "
                    + $"| {recalls.Median().TotalMilliseconds:N2} ms | {recalls[recalls.Length * 99 / 100].TotalMilliseconds:N2} ms "
                    + $"| {waited.Median().TotalSeconds:N2} s | {result.RecallsBesideStopped.Max().TotalSeconds:N2} s |"
            );
        }
        Console.WriteLine(
            """

            | silos | rows of the membership table read/s | reports/s while the database does not answer | CPU of all silos for them |
            |---|---|---|---|
            """
        );
        foreach (GrowthResult result in results.DistinctBy(result => result.Size.Silos))
        {
            Console.WriteLine(
                $"| {result.Size.Silos} | {result.RowsRead:N0} | {result.Reports:N0} | {result.CoresForReports(costs):N2} cores |"
            );
        }
    }

    private static bool IsWait(TimeSpan recall) => recall > GrowthLoad.Latency * 10;
}
