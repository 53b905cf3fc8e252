using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using SessionAuth.Checks;

namespace SessionAuth.Api.Cookies;

/// <summary>
/// A bounded cache of recently verified tokens by their full text, which saves parsing and verifying them for each
/// request. It does not cache whether the session is live: that is checked each time. Those that expire first are
/// evicted first.
/// </summary>
/// <param name="capacity">The most tokens that it keeps.</param>
/// <param name="expiresAt">When a token expires.</param>
internal sealed class RecentTokens<T>(int capacity, Func<T, DateTimeOffset> expiresAt)
    where T : class
{
    private readonly ConcurrentDictionary<byte[], T> _tokens = new(new AsciiComparer());
    private readonly Eviction<KeyValuePair<byte[], T>> _eviction = new(entry =>
        expiresAt(entry.Value).Ticks
    );
    private int _count;

    public bool TryGet(ReadOnlySpan<char> text, [NotNullWhen(true)] out T? token) =>
        _tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token);

    /// <summary>
    /// Keeps a token, in place of what was kept of the same text; one whose text is not ASCII, which no token is, is not
    /// kept.
    /// </summary>
    public void Put(ReadOnlySpan<char> text, T token)
    {
        if (!Ascii.IsValid(text))
            return;

        ConcurrentDictionary<byte[], T>.AlternateLookup<ReadOnlySpan<char>> tokens =
            _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!tokens.TryAdd(text, token))
            tokens[text] = token;
        else if (Interlocked.Increment(ref _count) > capacity)
            _eviction.Run(_tokens, Volatile.Read(ref _count), Remove);
    }

    private void Remove(KeyValuePair<byte[], T> entry)
    {
        if (_tokens.TryRemove(entry))
            Interlocked.Decrement(ref _count);
    }
}
