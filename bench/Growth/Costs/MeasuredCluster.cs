using System.Diagnostics;
using SessionAuth.Bench.Clusters;
using SessionAuth.Bench.Processes;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>Three silos in processes of their own, and front ends in this one.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    private const int Sessions = 300;
    private const int FrontEndCount = 3;

    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(5);

    private readonly BenchCluster _cluster;
    private readonly int[] _processes;
    private double[] _idle = [];

    private MeasuredCluster(BenchCluster cluster, IEnumerable<ClusterProcess> silos)
    {
        _cluster = cluster;
        _processes = [.. silos.Select(silo => silo.Id), Environment.ProcessId];
    }

    /// <summary>Front ends. Each reaches a silo over the connection that Orleans happens to choose.</summary>
    public List<MeasuredFrontEnd> FrontEnds { get; } = [];

    /// <summary>The sessions by the run of their silo.</summary>
    public ILookup<Guid, MeasuredSession> SessionsBySilo { get; private set; } = null!;

    /// <summary>A grain on each silo.</summary>
    public List<IMessageGrain> GrainOnEachSilo { get; } = [];

    public static async Task<MeasuredCluster> Start()
    {
        BenchCluster cluster = await BenchCluster.Start();
        try
        {
            List<ClusterProcess> silos = [];
            for (int i = 0; i < 3; i++)
                silos.Add(
                    await cluster.Add("node", "SessionAuth.Bench.dll", MessageCosts.NodeProgram)
                );
            MeasuredCluster measured = new(cluster, silos);
            await measured.Connect();
            return measured;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Measures what the processes use for themselves, which no message costs.</summary>
    /// <returns>What a silo uses in a second, in microseconds.</returns>
    public async Task<double> MeasureIdle()
    {
        TimeSpan[] used = await ProcessorTime.Of(_processes, () => Task.Delay(s_idle));
        _idle = [.. used.Select(time => time / s_idle)];
        return _idle[..^1].Average() * 1e6;
    }

    /// <summary>What each silo and the front ends use for each of so many calls, in microseconds.</summary>
    public async Task<(double[] Silos, double Holder)> Spent(int calls, Func<Task> act)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan[] used = await ProcessorTime.Of(_processes, act);
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        double[] each =
        [
            .. used.Select((time, index) => (time - took * _idle[index]).TotalMicroseconds / calls),
        ];
        return (each[..^1], each[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MeasuredFrontEnd frontEnd in FrontEnds)
            await frontEnd.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private async Task Connect()
    {
        for (int i = 0; i < FrontEndCount; i++)
            FrontEnds.Add(await MeasuredFrontEnd.Start(_cluster));
        IGrainFactory grains = FrontEnds[0].Grains;
        List<(Guid Silo, MeasuredSession Session)> sessions = [];
        for (int i = 0; i < Sessions; i++)
        {
            MeasuredSession session = await MeasuredSession.Start(grains);
            foreach (MeasuredFrontEnd frontEnd in FrontEnds)
            {
                Guid silo = await frontEnd.Meet(session);
                if (frontEnd == FrontEnds[0])
                    sessions.Add((silo, session));
            }
        }
        SessionsBySilo = sessions.ToLookup(pair => pair.Silo, pair => pair.Session);

        HashSet<SiloAddress> found = [];
        while (found.Count < _processes.Length - 1)
        {
            IMessageGrain grain = grains.GetGrain<IMessageGrain>(Guid.NewGuid());
            if (found.Add(await grain.Where()))
                GrainOnEachSilo.Add(grain);
        }
    }
}
