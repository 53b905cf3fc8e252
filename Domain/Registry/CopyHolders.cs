using System.Collections.Immutable;
using SessionAuth.Domain.Leases;

namespace SessionAuth.Domain.Registry;

/// <summary>Who may use which copy of the registry, as one activation of it sees that. Immutable.</summary>
/// <remarks>
/// Times are of the activation's monotonic clock. A right ends later here than at its holder: the holder counts from
/// before its question, the activation from after that arrived, and adds what their clocks may drift apart. Of the rights
/// that earlier activations granted it knows nothing but that the last of them was granted before it began.
/// </remarks>
public sealed record CopyHolders
{
    /// <summary>The most holders. Others get no right to use a copy.</summary>
    public const int Most = 1_000;

    private readonly ImmutableDictionary<HolderId, CopyHolder> _holders;
    private readonly TimeSpan _strangersUntil;
    private readonly LeaseRules _rules;

    private CopyHolders(
        ImmutableDictionary<HolderId, CopyHolder> holders,
        TimeSpan strangersUntil,
        LeaseRules rules
    )
    {
        _holders = holders;
        _strangersUntil = strangersUntil;
        _rules = rules;
    }

    /// <summary>The holders of an activation that begins.</summary>
    /// <param name="now">The time, not before the activation before it has granted its last right.</param>
    /// <param name="rules">How long rights are.</param>
    public static CopyHolders Begin(TimeSpan now, LeaseRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new([], now + Longest(rules.Length, rules), rules);
    }

    /// <summary>How many holders are known.</summary>
    public int Count => _holders.Count;

    /// <summary>A holder asks: it has a version, and is granted the right to use the newest.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="known">The version that it has; null for none.</param>
    /// <param name="newest">The version that it is answered with.</param>
    /// <param name="now">The time.</param>
    /// <param name="fence">
    /// For how long the silo certainly remains a member of its cluster; a right is never longer. Null without a cluster.
    /// </param>
    /// <returns>The holders, and the length of the right; zero when none is granted.</returns>
    public (CopyHolders Next, TimeSpan UsableFor) Ask(
        HolderId holder,
        long? known,
        long newest,
        TimeSpan now,
        TimeSpan? fence
    )
    {
        bool isKnown = _holders.TryGetValue(holder, out CopyHolder before);
        ImmutableDictionary<HolderId, CopyHolder> holders = isKnown ? _holders : Holding(now);
        if (!isKnown && holders.Count >= Most)
            return (With(holders), TimeSpan.Zero);

        // A version that is not known here is of a database that was restored: it confirms nothing.
        long confirmed = known <= newest ? known.Value : -1;
        TimeSpan length = fence < _rules.Length ? fence.Value : _rules.Length;
        TimeSpan usableFor = length > TimeSpan.Zero ? length : TimeSpan.Zero;
        TimeSpan until = now + Longest(usableFor, _rules);
        CopyHolder next = new(
            Later(until, before.Until),
            isKnown ? Math.Max(confirmed, before.Confirmed) : confirmed
        );
        return (With(holders.SetItem(holder, next)), usableFor);
    }

    /// <summary>Begins to withdraw all versions before one that is stored, which is the newest from now on.</summary>
    /// <param name="version">The version.</param>
    public CopyWithdrawal Withdraw(long version) =>
        new(
            version,
            _holders.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Until),
            _strangersUntil
        );

    /// <summary>
    /// How long it takes at most until no copy is used any more that was withdrawn; zero or less when none is.
    /// </summary>
    public TimeSpan Remaining(CopyWithdrawal withdrawal, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(withdrawal);
        TimeSpan until = withdrawal.StrangersUntil;
        foreach ((HolderId holder, TimeSpan grantedUntil) in withdrawal.GrantedUntil)
        {
            bool hasNewer =
                _holders.TryGetValue(holder, out CopyHolder known)
                && known.Confirmed >= withdrawal.Version;
            if (!hasNewer)
                until = Later(until, grantedUntil);
        }
        return until - now;
    }

    // Without those whose right has passed: they begin anew when they come back.
    private ImmutableDictionary<HolderId, CopyHolder> Holding(TimeSpan now) =>
        _holders.RemoveRange(_holders.Where(entry => now >= entry.Value.Until).Select(Key));

    private CopyHolders With(ImmutableDictionary<HolderId, CopyHolder> holders) =>
        new(holders, _strangersUntil, _rules);

    private static HolderId Key(KeyValuePair<HolderId, CopyHolder> entry) => entry.Key;

    private static TimeSpan Longest(TimeSpan length, LeaseRules rules) =>
        length * (1 + rules.ClockDrift);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private readonly record struct CopyHolder(TimeSpan Until, long Confirmed);
}

/// <summary>The withdrawal of all copies with a version before another. Immutable.</summary>
/// <param name="Version">The first version that may be used.</param>
/// <param name="GrantedUntil">The rights that were granted with older versions, by holder.</param>
/// <param name="StrangersUntil">When those have passed that an earlier activation granted.</param>
public sealed record CopyWithdrawal(
    long Version,
    IReadOnlyDictionary<HolderId, TimeSpan> GrantedUntil,
    TimeSpan StrangersUntil
);
