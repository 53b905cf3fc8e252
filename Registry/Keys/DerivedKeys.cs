using SessionAuth.Domain.Keys;

namespace SessionAuth.Registry.Keys;

/// <summary>The derived keys of a set.</summary>
internal sealed class DerivedKeys(KeySet keys)
{
    private readonly DerivedKey[] _all = [.. keys.Keys.Select(key => new DerivedKey(key))];

    /// <summary>The set.</summary>
    public KeySet Keys => keys;

    /// <summary>The key with this id; null when the set does not have it.</summary>
    public DerivedKey? Find(KeyId id)
    {
        foreach (DerivedKey key in _all)
        {
            if (key.Id == id)
                return key;
        }

        return null;
    }

    /// <summary>The key that new values are made with.</summary>
    public DerivedKey Newest(DateTimeOffset now) => Find(keys.Signing(now).Id)!;
}
