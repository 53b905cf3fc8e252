using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Leases;

/// <summary>
/// A lease from one silo, as its holder sees it: until when copies of that silo's standings may be used, and which may
/// be kept at all. Immutable.
/// </summary>
/// <remarks>
/// The lease is one for all sessions of the silo. When it has passed before the next grant arrived, the silo may have
/// stopped waiting for this holder, so that recalls were missed: a lease with a new <see cref="Number"/> begins, and
/// neither the copies of the earlier one are used nor the answers to questions that were asked before it began.
/// </remarks>
/// <param name="Number">Tells the leases from one silo apart, in the order in which they began.</param>
/// <param name="BeganAt">When the first grant of it arrived.</param>
/// <param name="Deadline">Its end, unless it is renewed.</param>
/// <param name="Tombstones">What was recalled lately.</param>
public sealed record HeldLease(
    long Number,
    ClockReading BeganAt,
    LeaseDeadline Deadline,
    Tombstones Tombstones
)
{
    /// <summary>Takes the first grant of a silo, or one after which everything else is void.</summary>
    /// <param name="previous">The lease that was held before from the same silo.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="asked">The time before it was asked for.</param>
    /// <param name="now">The time at which it arrived.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>The lease; null when the grant had passed before it arrived and there was none before.</returns>
    public static HeldLease? Take(
        HeldLease? previous,
        LeaseGrant grant,
        ClockReading asked,
        ClockReading now,
        LeaseRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(grant);
        LeaseDeadline deadline = LeaseDeadline.After(asked, grant.Length);
        HeldLease? recalled = previous?.Recall(grant.Recalls, now, rules);
        if (deadline.HasPassed(now))
            return recalled;
        if (recalled is null)
            return new(Number: 1, now, deadline, Tombstones.None);
        return recalled.Deadline.HasPassed(now)
            ? recalled.Renumbered(now) with
            {
                Deadline = deadline,
            }
            : recalled with
            {
                Deadline = recalled.Deadline.OrLater(deadline),
            };
    }

    /// <summary>Carries out recalls. Copies with a lower version must be dropped before they are acknowledged.</summary>
    /// <param name="recalls">The recalls.</param>
    /// <param name="now">The time.</param>
    /// <param name="rules">The rules.</param>
    public HeldLease Recall(
        IReadOnlyList<StandingRecall> recalls,
        ClockReading now,
        LeaseRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(recalls);
        ArgumentNullException.ThrowIfNull(rules);
        Tombstones next = Tombstones.Forget(before: now.Monotonic - rules.QuestionLifetime);
        foreach (StandingRecall recall in recalls)
            next = next.With(recall, now.Monotonic);
        // Memory is bounded: without its tombstones, no question that is under way can be trusted.
        return next.Count > rules.MostTombstones
            ? Renumbered(now)
            : this with
            {
                Tombstones = next,
            };
    }

    /// <summary>
    /// The copy to keep of a standing; null when it must not be kept. The check that asked for it is answered in either
    /// case.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="standing">The standing.</param>
    /// <param name="asked">The time before it was asked for.</param>
    /// <param name="now">The time at which it arrived.</param>
    /// <param name="rules">The rules.</param>
    public KeptStanding? Keep(
        SessionId session,
        LeasedStanding standing,
        ClockReading asked,
        ClockReading now,
        LeaseRules rules
    )
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(rules);
        bool isOlderThanLease = !asked.IsAfter(BeganAt);
        bool isOlderThanTombstones = now.Monotonic - asked.Monotonic >= rules.QuestionLifetime;
        bool wasRecalled = standing.Version < Tombstones.LeastVersion(session);
        return isOlderThanLease || isOlderThanTombstones || wasRecalled
            ? null
            : new(standing, Number, LeaseDeadline.After(asked, standing.UsableFor));
    }

    private HeldLease Renumbered(ClockReading now) =>
        this with
        {
            Number = Number + 1,
            BeganAt = now,
            Tombstones = Tombstones.None,
        };
}
