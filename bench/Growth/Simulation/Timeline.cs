namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>What will happen, in the order of time.</summary>
internal sealed class Timeline(SimulatedClock clock)
{
    private readonly PriorityQueue<Action, long> _due = new();

    public void In(TimeSpan wait, Action act) => _due.Enqueue(act, (clock.Now + wait).Ticks);

    /// <summary>Sends a message: it arrives after the time that the network takes.</summary>
    public void Send(Action arrives) => In(GrowthLoad.Latency, arrives);

    /// <summary>Repeats something from a random moment within the first interval on.</summary>
    public void Every(TimeSpan interval, Action act) =>
        In(interval * Random.Shared.NextDouble(), () => Repeat(interval, act));

    public void RunUntil(TimeSpan end)
    {
        while (_due.TryPeek(out _, out long at) && at <= end.Ticks)
        {
            clock.Now = new(at);
            _due.Dequeue()();
        }
        clock.Now = end;
    }

    private void Repeat(TimeSpan interval, Action act)
    {
        act();
        In(interval, () => Repeat(interval, act));
    }
}
