using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// A bounded cache of recently verified tokens by their full text, which saves parsing and verifying them for each
/// request. It does not cache whether the session is live: that is checked each time. Entries are evicted by
/// generation: when the young half is full, it replaces the old half.
/// </summary>
/// <param name="capacity">The most tokens that it keeps.</param>
internal sealed class RecentTokens<T>(int capacity)
    where T : class
{
    private volatile ConcurrentDictionary<string, T> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, T> _old = new(StringComparer.Ordinal);
    private int _count;

    public bool TryGet(ReadOnlySpan<char> text, [NotNullWhen(true)] out T? token)
    {
        if (_young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token))
            return true;
        if (!_old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token))
            return false;
        Add(text.ToString(), token);
        return true;
    }

    public void Add(string text, T token)
    {
        if (
            !_young.TryAdd(text, token)
            || Interlocked.Increment(ref _count) < Math.Max(1, capacity / 2)
        )
            return;

        Interlocked.Exchange(ref _count, 0);
        _old = _young;
        _young = new(StringComparer.Ordinal);
    }
}
