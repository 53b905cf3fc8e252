namespace SessionAuth.Cluster.Tests.Running;

/// <summary>Things that many add to and pick from at random.</summary>
public sealed class Crowd<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _all = [];

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

    /// <summary>Those that there are now.</summary>
    public IReadOnlyCollection<T> All()
    {
        lock (_lock)
            return [.. _all];
    }
}
