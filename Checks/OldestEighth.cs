namespace SessionAuth.Checks;

/// <summary>
/// Chooses what a full cache evicts: about an eighth at a time, so that its cost is spread over as many insertions.
/// </summary>
public static class OldestEighth
{
    private const int Share = 8;

    // To sort a million entries would hold up the request that does it for half a second.
    private const int Sampled = 1024;

    /// <summary>The entries to evict: the oldest, by a sample of them.</summary>
    /// <param name="entries">All entries, in an order that does not depend on their age.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="time">When an entry was made, was used or expires: the earliest are evicted.</param>
    public static IEnumerable<TEntry> Of<TEntry>(
        IEnumerable<TEntry> entries,
        int count,
        Func<TEntry, long> time
    )
    {
        long[] sample = [.. entries.Take(Sampled).Select(time).Order()];
        if (sample.Length == 0)
            return [];

        long until = sample[Math.Max(0, sample.Length / Share - 1)];
        return entries.Where(entry => time(entry) <= until).Take(Math.Max(1, count / Share));
    }
}
