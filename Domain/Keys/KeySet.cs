using System.Collections.Immutable;

namespace SessionAuth.Domain.Keys;

/// <summary>
/// The keys of the cluster: one signs, and all are published and verify. A key is published before it signs, and after it
/// has stopped, until it is removed. There is always a signing key. Immutable.
/// </summary>
/// <remarks>
/// Nothing expires: a value of an application is never renewed, and lives until its key is removed by an operator.
/// </remarks>
public sealed class KeySet
{
    /// <summary>The most keys of a set.</summary>
    public const int MostKeys = 8;

    // In the order in which they sign.
    private readonly ImmutableArray<TokenKey> _keys;

    /// <summary>Makes a set.</summary>
    /// <exception cref="ArgumentException">There is no key, there are too many, or two have the same id.</exception>
    public KeySet(IEnumerable<TokenKey> keys)
    {
        // Stable: of two keys that sign from the same time on, the one that was added later comes later.
        _keys = [.. keys.OrderBy(key => key.SignsFrom)];
        if (_keys.Length is 0 or > MostKeys)
            throw new ArgumentException($"A set has 1 to {MostKeys} keys.", nameof(keys));
        if (_keys.DistinctBy(key => key.Id).Count() < _keys.Length)
            throw new ArgumentException("Two keys have the same id.", nameof(keys));
    }

    /// <summary>For how long a key is published before it signs, by default: longer than key sets are cached.</summary>
    public static TimeSpan DefaultSignsAfter { get; } = TimeSpan.FromDays(1);

    /// <summary>The longest time that a key can be published before it signs.</summary>
    public static TimeSpan LongestSignsAfter { get; } = TimeSpan.FromDays(90);

    /// <summary>All keys, in the order in which they sign.</summary>
    public IReadOnlyList<TokenKey> Keys => _keys;

    /// <summary>A set with one new key, which signs at once: nobody has cached a key set without it.</summary>
    public static KeySet New(DateTimeOffset now) =>
        new([TokenKey.New(KeyId.New(), now, TimeSpan.Zero)]);

    /// <summary>The key that signs: the newest whose time has come.</summary>
    public TokenKey Signing(DateTimeOffset now) =>
        // The first also signs before its time: the clock of a node may be behind.
        _keys.LastOrDefault(key => key.SignsFrom <= now) ?? _keys[0];

    /// <summary>All keys in the order of publication: the signing one first, then the newest.</summary>
    public IReadOnlyList<TokenKey> Published(DateTimeOffset now)
    {
        TokenKey signing = Signing(now);
        return [signing, .. _keys.Reverse().Where(key => key != signing)];
    }

    /// <summary>The key with this id; null when the set does not have it.</summary>
    public TokenKey? Find(KeyId id) => _keys.FirstOrDefault(key => key.Id == id);

    /// <summary>When a key of the set stops signing, because the next one starts; null when none follows.</summary>
    public DateTimeOffset? SignsUntil(KeyId id) =>
        _keys.SkipWhile(key => key.Id != id).Skip(1).FirstOrDefault()?.SignsFrom;

    /// <summary>Adds a new key, with an RSA key if others have one. Idempotent.</summary>
    /// <param name="id">The id of the new key.</param>
    /// <param name="now">The time.</param>
    /// <param name="signsAfter">For how long it is published before it signs.</param>
    public AddKeyResult Add(KeyId id, DateTimeOffset now, TimeSpan signsAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signsAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signsAfter, LongestSignsAfter);
        if (Find(id) is { } present)
            return new AddKeyResult.Added(this, present);
        if (_keys.Length == MostKeys)
            return new AddKeyResult.TooMany();

        TokenKey added = TokenKey.New(id, now, signsAfter);
        if (_keys.Any(key => key.Rsa is not null))
            added = added.WithRsa();
        return new AddKeyResult.Added(new([.. _keys, added]), added);
    }

    /// <summary>Removes a key: whatever was made with it is invalid from then on.</summary>
    public RemoveKeyResult Remove(KeyId id, DateTimeOffset now)
    {
        if (Find(id) is not { } removed)
            return new RemoveKeyResult.NotFound();
        return removed == Signing(now)
            ? new RemoveKeyResult.Signing()
            : new RemoveKeyResult.Removed(new(_keys.Remove(removed)));
    }

    /// <summary>Whether <see cref="WithRsa"/> makes an RSA key.</summary>
    public bool LacksRsa(DateTimeOffset now) => Current(now).Any(key => key.Rsa is null);

    /// <summary>The set with an RSA key for each key that signs now or will.</summary>
    public KeySet WithRsa(DateTimeOffset now)
    {
        IReadOnlyList<TokenKey> current = Current(now);
        return new(_keys.Select(key => current.Contains(key) ? key.WithRsa() : key));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _keys.Select(key => key.Id));

    private IReadOnlyList<TokenKey> Current(DateTimeOffset now)
    {
        TokenKey signing = Signing(now);
        return [.. _keys.SkipWhile(key => key != signing)];
    }
}
