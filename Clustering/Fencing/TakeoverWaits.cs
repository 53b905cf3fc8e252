using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>The waits before the grains of dead silos may be taken over. Not thread-safe.</summary>
internal sealed class TakeoverWaits(ClusterTimings timings, TimeProvider clock)
{
    private readonly List<SafeWait> _waits = [];

    /// <summary>Begins the wait for a silo, when its death is read for the first time.</summary>
    public void Begin() => _waits.Add(new(clock));

    /// <summary>
    /// The least time that a grain that is activated now has to wait before it reads its state: until the fence of each
    /// silo that was declared dead has certainly closed. Zero when there is none to wait for.
    /// </summary>
    /// <remarks>
    /// <para>A silo that was declared dead stops answering no later than <see cref="ClusterTimings.Fence"/> after the
    /// declaration was written. This silo read the declaration later than that, and waits
    /// <see cref="ClusterTimings.Takeover"/> from then on, by the slower of its clocks.</para>
    /// <para>A silo that left by itself closed its fence before it wrote its death: a graceful restart costs no wait.
    /// </para>
    /// </remarks>
    public TimeSpan Longest()
    {
        _waits.RemoveAll(since => since.Remaining(timings.Takeover) == TimeSpan.Zero);
        return _waits.Select(since => since.Remaining(timings.Takeover)).DefaultIfEmpty().Max();
    }
}
