using SessionAuth.Bench.Ladder;

namespace SessionAuth.Bench.Sessions;

/// <summary>
/// What a check costs by the number of live sessions, all of which are checked in random order, and what memory they
/// take: nodes with a thousand to a million sessions, measured in turn.
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
            await LadderStep.MeasureInTurn([.. nodes.Select(node => node.Step)]);
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

            | live sessions | CPU of a check | to 1,000 | rate | garbage | heap for each session | and its copy | process | with copies |
            |---|---|---|---|---|---|---|---|---|
            """
        );
        LadderRound few = nodes[0].Step.Median;
        foreach (SeededNode node in nodes)
        {
            LadderRound median = node.Step.Median;
            Console.WriteLine(
                $"| {node.Step.Name} | {median.Microseconds:F1} µs | {median.Microseconds / few.Microseconds:F2} "
                    + $"| {median.PerSecond:N0}/s | {median.Bytes:N0} B | {node.BytesOfSession:N0} B | {node.BytesOfCopy:N0} B "
                    + $"| {node.MibWithSessions:N0} MiB | {node.MibWithCopies:N0} MiB |"
            );
        }
    }
}
