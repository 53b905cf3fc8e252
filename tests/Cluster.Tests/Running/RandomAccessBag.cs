namespace SessionAuth.Cluster.Tests.Running;

/// <summary>A thread-safe collection with random access.</summary>
/// <param name="first">The first members.</param>
public sealed class RandomAccessBag<T>(params IEnumerable<T> first)
{
    private readonly Lock _lock = new();
    private readonly List<T> _all = [.. first];

    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count;
        }
    }

    public void Add(T one)
    {
        lock (_lock)
            _all.Add(one);
    }

    public T Any()
    {
        lock (_lock)
            return _all[Random.Shared.Next(_all.Count)];
    }

    /// <summary>The current members, in the order in which they were added.</summary>
    public IReadOnlyCollection<T> All()
    {
        lock (_lock)
            return [.. _all];
    }
}
