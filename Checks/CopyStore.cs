using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Checks;

/// <summary>The copies of this process, bounded in number: the least recently used are dropped first.</summary>
internal sealed class CopyStore(int capacity)
{
    private readonly ConcurrentDictionary<SessionId, Copy> _copies = new();
    private readonly Eviction<Copy> _eviction = new(copy => copy.LastUse.Ticks);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryGet(SessionId session, [NotNullWhen(true)] out Copy? copy) =>
        _copies.TryGetValue(session, out copy);

    public void Put(Copy copy)
    {
        while (!_copies.TryAdd(copy.Session, copy))
        {
            if (
                _copies.TryGetValue(copy.Session, out Copy? other)
                && _copies.TryUpdate(copy.Session, copy, other)
            )
            {
                other.Drop();
                return;
            }
        }

        if (Interlocked.Increment(ref _count) > capacity)
            _eviction.Run(_copies.Select(entry => entry.Value), Count, Remove);
    }

    /// <summary>Drops a copy, unless another has taken its place.</summary>
    public void Remove(Copy copy)
    {
        copy.Drop();
        if (_copies.TryRemove(new(copy.Session, copy)))
            Interlocked.Decrement(ref _count);
    }
}
