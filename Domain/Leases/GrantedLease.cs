using System.Collections.Immutable;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Leases;

/// <summary>
/// A lease to one holder, as the silo that granted it sees it: until when the holder may go by its copies, and what it
/// has yet to drop. Immutable.
/// </summary>
/// <remarks>
/// <see cref="Until"/> is later than the deadline that the holder counts: the holder counts from before its request, the
/// silo from after it arrived, and the silo adds what the clocks may drift apart.
/// </remarks>
/// <param name="Until">
/// By the silo's monotonic clock: from then on, the holder uses no copy that depends on what was granted so far.
/// </param>
/// <param name="Pending">The recalls that the holder has not acknowledged, with the versions that they void.</param>
public sealed record GrantedLease(TimeSpan Until, ImmutableDictionary<SessionId, long> Pending)
{
    /// <summary>The lease to a holder that has none.</summary>
    public static GrantedLease None { get; } =
        new(TimeSpan.MinValue, ImmutableDictionary<SessionId, long>.Empty);

    /// <summary>Grants a lease, or renews it. What was recalled goes with it.</summary>
    /// <param name="now">The time by the silo's monotonic clock, after the request arrived.</param>
    /// <param name="fence">
    /// For how long the silo certainly remains a member of its cluster by what it knows now; a lease is never longer.
    /// Null when there is no cluster.
    /// </param>
    /// <param name="rules">The rules.</param>
    /// <returns>The grant; null when the silo is not certain to be a member.</returns>
    public (GrantedLease Next, LeaseGrant? Grant) Grant(
        TimeSpan now,
        TimeSpan? fence,
        LeaseRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        TimeSpan length = fence < rules.Length ? fence.Value : rules.Length;
        if (length <= TimeSpan.Zero)
            return (this, null);

        TimeSpan until = now + length * (1 + rules.ClockDrift);
        LeaseGrant grant = new(length, [.. Pending.Select(ToRecall)]);
        return (this with { Until = until > Until ? until : Until }, grant);
    }

    /// <summary>Begins to recall a session from the holder.</summary>
    /// <param name="recall">The recall.</param>
    public GrantedLease Recall(StandingRecall recall) =>
        this with
        {
            Pending = Pending.SetItem(
                recall.Session,
                Math.Max(recall.Below, Pending.GetValueOrDefault(recall.Session))
            ),
        };

    /// <summary>The holder has dropped what was recalled.</summary>
    /// <param name="recalls">What it acknowledges.</param>
    public GrantedLease Acknowledge(IEnumerable<StandingRecall> recalls)
    {
        ArgumentNullException.ThrowIfNull(recalls);
        return this with
        {
            Pending = Pending.RemoveRange(
                recalls.Where(IsPendingOrLess).Select(recall => recall.Session)
            ),
        };
    }

    /// <summary>
    /// Whether a holder uses no copy any more that a recall voids: it has acknowledged the recall, or the last lease that
    /// was granted without it has passed.
    /// </summary>
    /// <param name="recall">The recall.</param>
    /// <param name="grantedUntil"><see cref="Until"/> when the recall began.</param>
    /// <param name="now">The time by the silo's monotonic clock.</param>
    public bool HasDropped(StandingRecall recall, TimeSpan grantedUntil, TimeSpan now) =>
        now >= grantedUntil || Pending.GetValueOrDefault(recall.Session) < recall.Below;

    /// <summary>Gives up a recall whose holder's lease has passed: its copies are void without it.</summary>
    /// <param name="recall">The recall.</param>
    public GrantedLease GiveUp(StandingRecall recall) => Acknowledge([recall]);

    private bool IsPendingOrLess(StandingRecall recall) =>
        Pending.TryGetValue(recall.Session, out long below) && below <= recall.Below;

    private static StandingRecall ToRecall(KeyValuePair<SessionId, long> pending) =>
        new(pending.Key, pending.Value);
}
