namespace SessionAuth.Grains.Passwords;

/// <summary>
/// The share of password checks that fail, as an exponentially weighted moving average (EWMA). People who sign in
/// mostly succeed; a brute-force attack mostly fails.
/// </summary>
internal sealed class FailureRate
{
    // The weight of a result is 1/32: about as many results matter as in a window of the last 32. High is above nine in
    // ten, because people mistype, but not that often.
    private const int Window = 32;
    private const double HighRate = 0.9;

    private readonly Lock _lock = new();
    private double _average;

    /// <summary>Whether nearly all recent checks failed.</summary>
    public bool IsHigh
    {
        get
        {
            lock (_lock)
                return _average > HighRate;
        }
    }

    /// <summary>Adds the result of a check.</summary>
    public void Record(bool succeeded)
    {
        lock (_lock)
            _average += ((succeeded ? 0 : 1) - _average) / Window;
    }
}
