using System.Collections.Immutable;

namespace SessionAuth.Domain.SignIn;

/// <summary>
/// A bounded set of named back-offs. When it is full, those with the fewest failures are evicted first.
/// </summary>
/// <param name="Most">The maximum number of back-offs.</param>
public sealed record AttemptBackoffs(int Most)
{
    private ImmutableSortedDictionary<string, AttemptBackoff> Known { get; init; } =
        ImmutableSortedDictionary.Create<string, AttemptBackoff>(StringComparer.Ordinal);

    /// <summary>The back-offs that have failures or attempts in progress.</summary>
    public IEnumerable<KeyValuePair<string, AttemptBackoff>> Counted =>
        Known.Where(known => known.Value.Attempts > 0);

    /// <summary>The back-off with this name; null if there is none.</summary>
    public AttemptBackoff? Of(string name) => Known.GetValueOrDefault(name);

    /// <summary>Adds or replaces back-offs. None of these is evicted to make room for another.</summary>
    /// <param name="changed">The back-offs, at most <see cref="Most"/>.</param>
    /// <param name="now">The current time.</param>
    public AttemptBackoffs With(
        IReadOnlyCollection<KeyValuePair<string, AttemptBackoff>> changed,
        DateTimeOffset now
    )
    {
        ImmutableSortedDictionary<string, AttemptBackoff> known = Known.SetItems(changed);
        if (known.Count <= Most)
            return this with { Known = known };

        HashSet<string> kept = [.. changed.Select(backoff => backoff.Key)];
        known = known.SetItems(
            known
                .Where(backoff => !kept.Contains(backoff.Key))
                .Select(backoff => KeyValuePair.Create(backoff.Key, backoff.Value.Forget(now)))
        );
        return this with { Known = known.RemoveRange(Dropped(known, kept)) };
    }

    private string[] Dropped(
        ImmutableSortedDictionary<string, AttemptBackoff> known,
        HashSet<string> kept
    )
    {
        KeyValuePair<string, AttemptBackoff>[] others =
        [
            .. known
                .Where(backoff => !kept.Contains(backoff.Key))
                .OrderBy(backoff => backoff.Value.Attempts)
                .ThenBy(backoff => backoff.Value.LastFailedAt),
        ];
        int empty = others.TakeWhile(backoff => backoff.Value.Attempts == 0).Count();
        return [.. others.Take(Math.Max(empty, known.Count - Most)).Select(backoff => backoff.Key)];
    }
}
