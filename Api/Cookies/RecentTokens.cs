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
    private int _count;
    private int _isEvicting;

    public bool TryGet(ReadOnlySpan<char> text, [NotNullWhen(true)] out T? token) =>
        _tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out token);

    /// <summary>Adds a token; one whose text is not ASCII, which no token is, is not kept.</summary>
    public void Add(ReadOnlySpan<char> text, T token)
    {
        if (
            Ascii.IsValid(text)
            && _tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryAdd(text, token)
            && Interlocked.Increment(ref _count) > capacity
        )
            EvictOldest();
    }

    private void EvictOldest()
    {
        if (Interlocked.Exchange(ref _isEvicting, 1) == 1)
            return;

        try
        {
            foreach (
                KeyValuePair<byte[], T> oldest in OldestEighth.Of(
                    _tokens,
                    Volatile.Read(ref _count),
                    entry => expiresAt(entry.Value).Ticks
                )
            )
            {
                if (_tokens.TryRemove(oldest))
                    Interlocked.Decrement(ref _count);
            }
        }
        finally
        {
            Volatile.Write(ref _isEvicting, 0);
        }
    }
}
