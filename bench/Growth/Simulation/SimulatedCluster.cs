namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>Silos, front ends and their load on a clock that is moved from one message to the next.</summary>
internal sealed class SimulatedCluster
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);

    private readonly SimulatedClock _clock = new();
    private readonly Timeline _timeline;
    private readonly SimulatedSilo[] _silos;
    private readonly SimulatedHolder[] _holders;
    private readonly SimulatedSession[] _sessions;
    private readonly List<TimeSpan> _recalls = [];
    private double _refreshesDue;
    private double _revocationsDue;

    // Null for any session.
    private SimulatedHolder? _revokedOf;

    private SimulatedCluster(ClusterSize size)
    {
        _timeline = new(_clock);
        _silos = [.. Enumerable.Range(0, size.Silos).Select(_ => NewSilo())];
        _holders = [.. Enumerable.Range(0, size.Holders).Select(_ => NewHolder())];
        _sessions = [.. Enumerable.Range(0, GrowthLoad.Sessions).Select(_ => NewSession())];
    }

    public MessageCounts Counts { get; } = new();

    /// <summary>A cluster whose front ends have copies of the sessions, as if they had run for long.</summary>
    public static SimulatedCluster Start(ClusterSize size)
    {
        SimulatedCluster cluster = new(size);
        cluster.Fill();
        foreach (SimulatedHolder holder in cluster._holders)
            cluster._timeline.Every(s_second, holder.Renew);
        cluster._timeline.Every(s_step, cluster.Use);
        // Until the first of all renewals.
        cluster.Run(s_second);
        return cluster;
    }

    /// <summary>Lets time pass, and returns how long the recalls took that ended in it.</summary>
    public TimeSpan[] Run(TimeSpan time)
    {
        _recalls.Clear();
        _timeline.RunUntil(_clock.Now + time);
        return [.. _recalls];
    }

    /// <summary>Stops a front end; from then on, only sessions that it has a copy of are revoked.</summary>
    public void StopOne()
    {
        _revokedOf = _holders[0];
        _revokedOf.IsStopped = true;
    }

    // Copies are reported once a minute and with the next use after it: their ages are spread over that time.
    private void Fill()
    {
        TimeSpan spread =
            TimeSpan.FromMinutes(1)
            + GrowthLoad.CheckInterval * ((1 + GrowthLoad.MostFrontEndsEach) / 2.0);
        int seconds = (int)spread.TotalSeconds;
        for (int second = 0; second < seconds; second++)
        {
            _clock.Now = TimeSpan.FromSeconds(second);
            foreach (SimulatedHolder holder in _holders)
                holder.RenewAtOnce();
            _clock.Now += TimeSpan.FromTicks(1);
            for (int i = second; i < _sessions.Length; i += seconds)
            {
                Fill(_sessions[i]);
            }
        }
        _clock.Now = TimeSpan.FromSeconds(seconds);
        foreach (SimulatedHolder holder in _holders)
            holder.RenewAtOnce();
    }

    // Front ends that a session has not reached since its last refresh have a copy that does not answer for its token.
    private static void Fill(SimulatedSession session)
    {
        TimeSpan age = GrowthLoad.RefreshInterval * Random.Shared.NextDouble();
        TimeSpan uses = GrowthLoad.CheckInterval * session.FrontEnds.Length;
        ILookup<bool, SimulatedHolder> isBehind = session.FrontEnds.ToLookup(_ =>
            Random.Shared.NextDouble() < Math.Exp(-age / uses)
        );
        foreach (SimulatedHolder holder in isBehind[true])
            holder.Fill(session);
        session.Refresh();
        foreach (SimulatedHolder holder in isBehind[false])
            holder.Fill(session);
    }

    private void Use()
    {
        int checks = (int)(GrowthLoad.ChecksPerSecond * s_step.TotalSeconds);
        for (int i = 0; i < checks; i++)
        {
            SimulatedSession session = _sessions[Random.Shared.Next(_sessions.Length)];
            session.FrontEnds[Random.Shared.Next(session.FrontEnds.Length)].Check(session);
        }
        for (
            _refreshesDue += Due(GrowthLoad.RefreshesPerSecond);
            _refreshesDue >= 1;
            _refreshesDue--
        )
        {
            Counts.Refreshes++;
            _sessions[Random.Shared.Next(_sessions.Length)].Refresh();
        }
        for (
            _revocationsDue += Due(GrowthLoad.RevocationsPerSecond);
            _revocationsDue >= 1;
            _revocationsDue--
        )
            Revoke();
    }

    private static double Due(int perSecond) => perSecond * s_step.TotalSeconds;

    private void Revoke()
    {
        int index = Random.Shared.Next(_sessions.Length);
        while (_revokedOf is not null && !_sessions[index].FrontEnds.Contains(_revokedOf))
            index = Random.Shared.Next(_sessions.Length);
        TimeSpan began = _clock.Now;
        SimulatedSession revoked = _sessions[index];
        // Somebody else signs in instead.
        _sessions[index] = NewSession();
        revoked.Recall(() => _recalls.Add(_clock.Now - began));
    }

    private SimulatedSilo NewSilo() => new(_timeline, _clock, Counts);

    private SimulatedHolder NewHolder() => new(_silos, _timeline, _clock, Counts);

    private SimulatedSession NewSession()
    {
        int frontEnds = Random.Shared.Next(1, GrowthLoad.MostFrontEndsEach + 1);
        return new(
            _silos[Random.Shared.Next(_silos.Length)],
            Random.Shared.GetItems(_holders, frontEnds).Distinct().ToArray()
        );
    }
}
