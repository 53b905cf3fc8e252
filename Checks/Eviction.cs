namespace SessionAuth.Checks;

/// <summary>
/// Evicts from a full cache: about the oldest eighth at a time, so that its cost is spread over as many insertions, and
/// by one caller at a time.
/// </summary>
/// <param name="time">When an entry was made, was used or expires: the earliest are evicted.</param>
public sealed class Eviction<TEntry>(Func<TEntry, long> time)
{
    private const int Share = 8;

    // To sort a million entries would hold up the request that does it for half a second.
    private const int Sampled = 1024;

    private int _isUnderWay;

    /// <summary>Evicts the oldest entries, by a sample of them, unless another caller does.</summary>
    /// <param name="entries">All entries, in an order that does not depend on their age.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="remove">Removes one.</param>
    public void Run(IEnumerable<TEntry> entries, int count, Action<TEntry> remove)
    {
        ArgumentNullException.ThrowIfNull(remove);
        if (Interlocked.Exchange(ref _isUnderWay, 1) == 1)
            return;

        try
        {
            foreach (TEntry oldest in Oldest(entries, count))
                remove(oldest);
        }
        finally
        {
            Volatile.Write(ref _isUnderWay, 0);
        }
    }

    private IEnumerable<TEntry> Oldest(IEnumerable<TEntry> entries, int count)
    {
        long[] sample = [.. entries.Take(Sampled).Select(time).Order()];
        if (sample.Length == 0)
            return [];

        long until = sample[Math.Max(0, sample.Length / Share - 1)];
        return entries.Where(entry => time(entry) <= until).Take(Math.Max(1, count / Share));
    }
}
