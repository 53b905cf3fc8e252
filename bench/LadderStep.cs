using SessionAuth.Bench.Clusters;

namespace SessionAuth.Bench;

/// <summary>A target of the ladder, and what was measured of it.</summary>
/// <param name="name">What answers.</param>
/// <param name="server">The server.</param>
/// <param name="path">The path that is asked for.</param>
/// <param name="load">The load.</param>
internal sealed class LadderStep(string name, NodeProcess server, string path, Wrk load)
{
    // The compiler needs up to a minute of full load to do its work.
    private const int LongestWarmUp = 20;
    private const int Agreeing = 3;
    private const double Agreement = 1.05;

    private readonly List<LadderRound> _rounds = [];

    public string Name => name;

    /// <summary>Whether the last rounds of the warm-up agreed.</summary>
    public bool IsWarm { get; private set; }

    /// <summary>The median of each figure.</summary>
    public LadderRound Median =>
        new(
            _rounds.Select(round => round.Microseconds).Median(),
            _rounds.Select(round => round.PerSecond).Median(),
            _rounds.Select(round => round.Bytes).Median()
        );

    /// <summary>Loads the target until three rounds in a row took as much processor time, to 5 %.</summary>
    public async Task WarmUp(int seconds)
    {
        Queue<double> last = [];
        for (int round = 0; round < LongestWarmUp && !IsWarm; round++)
        {
            last.Enqueue((await Round(seconds)).Microseconds);
            if (last.Count > Agreeing)
                last.Dequeue();
            IsWarm = last.Count == Agreeing && last.Max() <= last.Min() * Agreement;
        }
    }

    public async Task Measure(int seconds) => _rounds.Add(await Round(seconds));

    private async Task<LadderRound> Round(int seconds)
    {
        long allocated = await server.Allocated();
        TimeSpan used = server.ProcessorTime;
        WrkRun run = await load.Run(server.Url + path, seconds);
        return new(
            (server.ProcessorTime - used).TotalMicroseconds / run.Requests,
            run.PerSecond,
            (await server.Allocated() - allocated) / run.Requests
        );
    }
}

/// <summary>What one round measured, for each request.</summary>
/// <param name="Microseconds">The processor time of the server.</param>
/// <param name="PerSecond">The rate of requests.</param>
/// <param name="Bytes">What the server allocated.</param>
internal sealed record LadderRound(double Microseconds, double PerSecond, double Bytes);
