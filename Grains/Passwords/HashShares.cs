using SessionAuth.Domain;

namespace SessionAuth.Grains.Passwords;

/// <summary>Bounds how many hashes each user has under way, so that nobody fills a queue that others wait in.</summary>
/// <param name="most">How many.</param>
internal sealed class HashShares(int most)
{
    private readonly Dictionary<UserId, int> _underWay = [];
    private readonly Lock _lock = new();

    /// <summary>Takes a place; false when the user has all of theirs.</summary>
    public bool TryEnter(UserId user)
    {
        lock (_lock)
        {
            int count = _underWay.GetValueOrDefault(user);
            if (count >= most)
                return false;

            _underWay[user] = count + 1;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(UserId user)
    {
        lock (_lock)
        {
            if (--_underWay[user] == 0)
                _underWay.Remove(user);
        }
    }
}
