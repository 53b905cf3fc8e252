using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// A wait for something on another machine to be over, such as its fence: time has passed only when both clocks of this
/// machine show it.
/// </summary>
/// <remarks>
/// The smaller of the two counts, since waiting too long is safe and waiting too briefly is not: neither a wall clock
/// that was set forward nor a monotonic clock that jumped may end the wait. When the two differ by more than
/// <see cref="ClusterTimings.Margin"/>, the wait restarts, so that a wall clock that was set back by an hour costs one
/// more wait and not an hour.
/// </remarks>
internal sealed class SafeWait(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private ClockReading _since = ClockReading.Now(clock);

    /// <summary>Whether at least this much time has certainly passed.</summary>
    public bool IsOver(TimeSpan length) => Remaining(length) == TimeSpan.Zero;

    /// <summary>The least time until this much has certainly passed; zero when it has.</summary>
    public TimeSpan Remaining(TimeSpan length)
    {
        lock (_lock)
        {
            (TimeSpan monotonic, TimeSpan wall) = _since.Elapsed(clock);
            if ((monotonic - wall).Duration() > ClusterTimings.Margin)
            {
                _since = ClockReading.Now(clock);
                return length;
            }
            TimeSpan passed = wall < monotonic ? wall : monotonic;
            return passed >= length ? TimeSpan.Zero : length - passed;
        }
    }
}
