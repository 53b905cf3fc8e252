using SessionAuth.Domain;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Limits how many hashes of one user may be queued or running, so that no user fills the shared queue.
/// </summary>
/// <param name="limit">The limit for each user.</param>
internal sealed class HashQuota(int limit)
{
    private readonly Dictionary<UserId, int> _underWay = [];
    private readonly Lock _lock = new();

    /// <summary>Counts one more hash of the user; false when the user is at the limit.</summary>
    public bool TryAcquire(UserId user)
    {
        lock (_lock)
        {
            int count = _underWay.GetValueOrDefault(user);
            if (count >= limit)
                return false;

            _underWay[user] = count + 1;
            return true;
        }
    }

    /// <summary>Ends a hash that <see cref="TryAcquire"/> has counted.</summary>
    public void Release(UserId user)
    {
        lock (_lock)
        {
            if (--_underWay[user] == 0)
                _underWay.Remove(user);
        }
    }
}
