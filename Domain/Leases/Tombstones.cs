using System.Collections.Immutable;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Leases;

/// <summary>
/// Which sessions a silo has recalled lately, with the version that their standings need at least. Messages may be
/// reordered: a standing that was sent before its recall must not be kept when it arrives after it. Immutable.
/// </summary>
public sealed record Tombstones
{
    private readonly ImmutableDictionary<SessionId, long> _leastVersions;
    private readonly ImmutableQueue<(StandingRecall Recall, TimeSpan At)> _order;

    private Tombstones(
        ImmutableDictionary<SessionId, long> leastVersions,
        ImmutableQueue<(StandingRecall, TimeSpan)> order
    ) => (_leastVersions, _order) = (leastVersions, order);

    /// <summary>No tombstones.</summary>
    public static Tombstones None { get; } = new(ImmutableDictionary<SessionId, long>.Empty, []);

    /// <summary>How many sessions are remembered.</summary>
    public int Count => _leastVersions.Count;

    /// <summary>The lowest version of the session's standing that may be kept; 0 if any may.</summary>
    public long LeastVersion(SessionId session) => _leastVersions.GetValueOrDefault(session);

    /// <summary>Remembers a recall.</summary>
    /// <param name="recall">The recall.</param>
    /// <param name="now">The time by the monotonic clock.</param>
    public Tombstones With(StandingRecall recall, TimeSpan now) =>
        recall.Below <= LeastVersion(recall.Session)
            ? this
            : new(
                _leastVersions.SetItem(recall.Session, recall.Below),
                _order.Enqueue((recall, now))
            );

    /// <summary>Forgets those from which no late standing can come any more.</summary>
    /// <param name="before">The time that they were remembered before, by the monotonic clock.</param>
    public Tombstones Forget(TimeSpan before)
    {
        ImmutableQueue<(StandingRecall Recall, TimeSpan At)> order = _order;
        ImmutableDictionary<SessionId, long> least = _leastVersions;
        while (!order.IsEmpty && order.Peek() is { } oldest && oldest.At < before)
        {
            order = order.Dequeue();
            if (least.GetValueOrDefault(oldest.Recall.Session) == oldest.Recall.Below)
                least = least.Remove(oldest.Recall.Session);
        }
        return ReferenceEquals(order, _order) ? this : new(least, order);
    }
}
