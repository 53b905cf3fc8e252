namespace SessionAuth.Domain.SignIn;

/// <summary>A bounded set of back-offs by name. When it is full, those with the fewest failures are dropped first.</summary>
/// <param name="most">The most that it holds.</param>
public sealed class AttemptBackoffs(int most)
{
    private readonly Dictionary<string, AttemptBackoff> _known = new(StringComparer.Ordinal);

    /// <summary>Those that have failures, or attempts under way.</summary>
    public IEnumerable<KeyValuePair<string, AttemptBackoff>> Counted =>
        _known.Where(known => known.Value.Tries > 0);

    /// <summary>The one with this name; made when there is none.</summary>
    public AttemptBackoff Of(string name, AttemptBackoffRules rules, DateTimeOffset now) =>
        Of([name], [rules], now)[0];

    /// <summary>Those with these names; made when there are none. None of them is dropped to make room for another.</summary>
    /// <param name="names">The names, no more than the set holds.</param>
    /// <param name="rules">The rules of each, in the same order.</param>
    /// <param name="now">The time.</param>
    public AttemptBackoff[] Of(
        IReadOnlyList<string> names,
        IReadOnlyList<AttemptBackoffRules> rules,
        DateTimeOffset now
    )
    {
        int missing = names.Count(name => !_known.ContainsKey(name));
        if (_known.Count + missing > most)
            MakeRoom(missing, names, now);

        AttemptBackoff[] found = new AttemptBackoff[names.Count];
        for (int i = 0; i < found.Length; i++)
        {
            if (!_known.TryGetValue(names[i], out AttemptBackoff? tries))
                _known[names[i]] = tries = new(rules[i]);
            found[i] = tries;
        }

        return found;
    }

    private void MakeRoom(int count, IReadOnlyList<string> kept, DateTimeOffset now)
    {
        foreach ((string name, AttemptBackoff tries) in _known)
        {
            tries.Forget(now);
            if (tries.Tries == 0 && !kept.Contains(name))
                _known.Remove(name);
        }

        string[] forgotten =
        [
            .. _known
                .Where(known => !kept.Contains(known.Key))
                .OrderBy(known => known.Value.Tries)
                .ThenBy(known => known.Value.LastFailedAt)
                .Select(known => known.Key)
                .Take(_known.Count + count - most),
        ];
        foreach (string name in forgotten)
            _known.Remove(name);
    }
}
