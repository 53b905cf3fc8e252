using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Ladder;

/// <summary>A target that is measured, and what was measured of it.</summary>
/// <param name="name">What answers.</param>
/// <param name="server">The server.</param>
/// <param name="path">The path that is asked for.</param>
/// <param name="load">The load.</param>
/// <param name="store">What the server itself asks for each request; null for nothing.</param>
internal sealed class LadderStep(
    string name,
    MeasuredProcess server,
    string path,
    Wrk load,
    MeasuredProcess? store = null
)
{
    // The compiler needs up to a minute of full load to do its work.
    private const int LongestWarmUp = 20;
    private const int Agreeing = 3;
    private const double Agreement = 1.05;
    private const int RoundsThatCount = 5;
    private const int Seconds = 5;

    private readonly string _name = name;
    private readonly List<LadderRound> _rounds = [];
    private bool _isWarm;

    /// <summary>How the figures came about, for people.</summary>
    public static string Method =>
        $"Medians of {RoundsThatCount} interleaved rounds of {Seconds} s, for each request:";

    /// <summary>What answers, and whether it was still warming when it was measured.</summary>
    public string Name => _isWarm ? _name : $"{_name} (its rounds did not agree yet)";

    /// <summary>The median of each figure.</summary>
    public LadderRound Median =>
        new(
            _rounds.Select(round => round.Microseconds).Median(),
            _rounds.Select(round => round.OfStore).Median(),
            _rounds.Select(round => round.PerSecond).Median(),
            _rounds.All(round => round.Bytes is not null)
                ? _rounds.Select(round => round.Bytes!.Value).Median()
                : null
        );

    /// <summary>
    /// Warms up each target and measures them in turn. Rates and processor times wander on a machine that does other
    /// work too: what counts is how the medians compare.
    /// </summary>
    public static async Task MeasureInTurn(IReadOnlyCollection<LadderStep> steps)
    {
        foreach (LadderStep step in steps)
        {
            await Console.Error.WriteLineAsync($"warming up: {step._name}");
            await step.WarmUp();
        }
        for (int round = 0; round < RoundsThatCount; round++)
        {
            await Console.Error.WriteLineAsync($"round {round + 1}");
            foreach (LadderStep step in steps)
                step._rounds.Add(await step.Round());
        }
    }

    // Until three rounds in a row took as much processor time, to 5 %.
    private async Task WarmUp()
    {
        Queue<double> last = [];
        for (int round = 0; round < LongestWarmUp && !_isWarm; round++)
        {
            last.Enqueue((await Round()).Microseconds);
            if (last.Count > Agreeing)
                last.Dequeue();
            _isWarm = last.Count == Agreeing && last.Max() <= last.Min() * Agreement;
        }
    }

    private async Task<LadderRound> Round()
    {
        long? allocated = await server.Allocated();
        TimeSpan used = server.ProcessorTime;
        TimeSpan usedByStore = store?.ProcessorTime ?? default;
        WrkRun run = await load.Run(server.Url + path, Seconds);
        return new(
            (server.ProcessorTime - used).TotalMicroseconds / run.Requests,
            ((store?.ProcessorTime ?? default) - usedByStore).TotalMicroseconds / run.Requests,
            run.PerSecond,
            (await server.Allocated() - allocated) / run.Requests
        );
    }
}
