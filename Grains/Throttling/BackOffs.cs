namespace SessionAuth.Grains.Throttling;

/// <summary>A bounded set of back-offs by name. Where it is full, those with the fewest failures are forgotten first.</summary>
/// <param name="most">How many it holds.</param>
internal sealed class BackOffs(int most)
{
    private readonly Dictionary<string, BackOff> _known = new(StringComparer.Ordinal);

    /// <summary>Those that have failures, or tries that may yet fail.</summary>
    public IEnumerable<KeyValuePair<string, BackOff>> Counted =>
        _known.Where(known => known.Value.Tries > 0);

    /// <summary>The one with the name, which is made where there is none.</summary>
    public BackOff Of(string name, BackOffRules rules, DateTimeOffset now) =>
        Of([name], [rules], now)[0];

    /// <summary>Those with the names, which are made where there are none; none of them makes room for another.</summary>
    /// <param name="names">The names, no more than the set holds.</param>
    /// <param name="rules">The rules of each, in the same order.</param>
    /// <param name="now">The time.</param>
    public BackOff[] Of(
        IReadOnlyList<string> names,
        IReadOnlyList<BackOffRules> rules,
        DateTimeOffset now
    )
    {
        int missing = names.Count(name => !_known.ContainsKey(name));
        if (_known.Count + missing > most)
            MakeRoom(missing, names, now);

        BackOff[] found = new BackOff[names.Count];
        for (int i = 0; i < found.Length; i++)
        {
            if (!_known.TryGetValue(names[i], out BackOff? tries))
                _known[names[i]] = tries = new(rules[i]);
            found[i] = tries;
        }

        return found;
    }

    private void MakeRoom(int count, IReadOnlyList<string> kept, DateTimeOffset now)
    {
        foreach ((string name, BackOff tries) in _known)
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
