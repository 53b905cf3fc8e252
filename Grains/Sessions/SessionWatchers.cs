using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Sessions;

/// <summary>Observers of a session's end. A watcher that does not renew its subscription in time is dropped.</summary>
internal sealed class SessionWatchers(int limit)
{
    private static readonly TimeSpan Lapse = TimeSpan.FromSeconds(40);

    private readonly Dictionary<Guid, (ISessionWatcher Watcher, DateTimeOffset SeenAt)> _places =
    [];

    public bool TryAdd(Guid stream, ISessionWatcher watcher, DateTimeOffset now)
    {
        foreach ((Guid id, (_, DateTimeOffset seenAt)) in _places)
        {
            if (now - seenAt > Lapse)
                _places.Remove(id);
        }

        if (_places.Count >= limit && !_places.ContainsKey(stream))
            return false;

        _places[stream] = (watcher, now);
        return true;
    }

    public void Remove(Guid stream) => _places.Remove(stream);

    public void Tell(SessionEndReason reason)
    {
        foreach ((ISessionWatcher watcher, _) in _places.Values)
            watcher.Ended(reason).Ignore();
        _places.Clear();
    }
}
