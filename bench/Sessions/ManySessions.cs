using SessionAuth.Bench.Ladder;

namespace SessionAuth.Bench.Sessions;

/// <summary>
/// What a check costs by the number of live sessions, of which a thousand or all are checked in random order, and what
/// memory they take: nodes with a thousand to a million sessions, measured in turn.
/// </summary>
internal static class ManySessions
{
    private static readonly int[] s_counts = [1_000, 10_000, 100_000, 1_000_000];

    public static async Task Measure()
    {
        List<SeededNode> nodes = [];
        try
        {
            foreach (int count in s_counts)
            {
                await Console.Error.WriteLineAsync($"starting {count:N0} sessions");
                nodes.Add(await SeededNode.Start(count));
            }
            await LadderStep.MeasureInTurn([
                .. nodes.SelectMany(node => new[] { node.FewInUse, node.AllInUse }),
            ]);
            Print(nodes);
        }
        finally
        {
            foreach (SeededNode node in nodes)
                await node.DisposeAsync();
        }
    }

    private static void Print(List<SeededNode> nodes)
    {
        Console.WriteLine(
            $"""
            {LadderStep.Method}

            | live sessions | 1,000 in use: CPU of a check | to 1,000 | all in use: CPU of a check | to 1,000 | rate | garbage | heap for each session | and its copy | process | with copies |
            |---|---|---|---|---|---|---|---|---|---|---|
            """
        );
        foreach (SeededNode node in nodes)
        {
            LadderRound few = node.FewInUse.Median;
            LadderRound all = node.AllInUse.Median;
            Console.WriteLine(
                $"| {node.Count:N0} | {few.Microseconds:F1} µs | {Ratio(few, nodes[0].FewInUse)} "
                    + $"| {all.Microseconds:F1} µs | {Ratio(all, nodes[0].AllInUse)} "
                    + $"| {all.PerSecond:N0}/s | {all.Bytes:N0} B | {node.BytesOfSession:N0} B | {node.BytesOfCopy:N0} B "
                    + $"| {node.MibWithSessions:N0} MiB | {node.MibWithCopies:N0} MiB |"
            );
        }
    }

    private static string Ratio(LadderRound round, LadderStep smallest) =>
        $"{round.Microseconds / smallest.Median.Microseconds:F2}";
}
