using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// A wait for something on another machine to be over, such as its fence: time counts only when both clocks of this
/// machine say that it has passed.
/// </summary>
/// <remarks>
/// The smaller of the two is what counts, since waiting too long is safe and waiting too briefly is not: a wall clock
/// that was set forward must not end the wait, nor a monotonic clock that jumped. Where the two have come apart by more
/// than <see cref="ClusterTimings.Margin"/>, the wait begins anew: so a wall clock that was set back costs one more
/// wait, and not as long as it was set back.
/// </remarks>
internal sealed class SafeWait(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private ClockReading _since = ClockReading.Now(clock);

    /// <summary>Whether so much time has passed for certain.</summary>
    public bool IsOver(TimeSpan length) => Remaining(length) == TimeSpan.Zero;

    /// <summary>How long it takes at least until so much time has passed for certain; zero when it has.</summary>
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
