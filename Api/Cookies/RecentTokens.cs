using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

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
    private static readonly AsciiComparer s_comparer = new();

    private volatile ConcurrentDictionary<byte[], T> _young = new(s_comparer);
    private volatile ConcurrentDictionary<byte[], T> _old = new(s_comparer);
    private int _count;

    public bool TryGet(ReadOnlySpan<char> text, [NotNullWhen(true)] out T? token)
    {
        if (_young.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token))
            return true;
        if (!_old.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token))
            return false;
        Add(text, token);
        return true;
    }

    /// <summary>Adds a token; one whose text is not ASCII, which no token is, is not kept.</summary>
    public void Add(ReadOnlySpan<char> text, T token)
    {
        if (!Ascii.IsValid(text))
            return;
        if (
            !_young.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(text, token)
            || Interlocked.Increment(ref _count) < Math.Max(1, capacity / 2)
        )
            return;

        Interlocked.Exchange(ref _count, 0);
        _old = _young;
        _young = new(s_comparer);
    }
}
