using System.Collections.Concurrent;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Checks;

/// <summary>
/// What this process holds of one run of a silo: the lease, and the copies under it. The rules are
/// <see cref="HeldLease"/>'s.
/// </summary>
/// <remarks>
/// Grants, recalls and the keeping of copies take turns. A check does not: it reads a copy, then the newest lease, which
/// the copy must have been made under, then the time.
/// </remarks>
internal sealed class HeldSilo(
    Guid id,
    ILeaseSilo entry,
    CopyStore copies,
    LeaseRules rules,
    TimeProvider clock
)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<Copy> _used = new();
    private volatile HeldLease? _lease;
    private bool _isClosed;

    public Guid Id => id;

    /// <summary>Where the lease is renewed.</summary>
    public ILeaseSilo Entry => entry;

    /// <summary>The newest lease; null before the first, and for good once closed.</summary>
    public HeldLease? Lease => _lease;

    /// <summary>Takes a grant: first what it recalls, then the lease.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="asked">The time before it was asked for.</param>
    /// <returns>Whether the lease before it had passed, so that its copies are void.</returns>
    public bool Take(LeaseGrant grant, ClockReading asked)
    {
        lock (_lock)
        {
            if (_isClosed)
                return false;
            Drop(grant.Recalls);
            ClockReading now = clock.Read();
            bool hadPassed = _lease?.Deadline.HasPassed(now) is true;
            _lease = HeldLease.Take(_lease, grant, asked, now, rules);
            return hadPassed;
        }
    }

    /// <summary>Drops what is recalled.</summary>
    public void Recall(IReadOnlyList<StandingRecall> recalls)
    {
        lock (_lock)
        {
            _lease = _lease?.Recall(recalls, clock.Read(), rules);
            Drop(recalls);
        }
    }

    /// <summary>Keeps a copy, if the rules allow it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="standing">The standing.</param>
    /// <param name="asked">The time before it was asked for.</param>
    /// <returns>The copy; null when it was not kept.</returns>
    public Copy? Keep(SessionId session, LeasedStanding standing, ClockReading asked)
    {
        lock (_lock)
        {
            ClockReading now = clock.Read();
            if (_lease is not { } lease)
                return null;
            if (lease.Keep(session, standing, asked, now, rules) is not { } kept)
                return null;
            if (
                copies.TryGet(session, out Copy? other)
                && ReferenceEquals(other.Silo, this)
                && other.IsUnder(lease)
                && other.Version > standing.Version
            )
                return null;

            Copy copy = new(session, kept, this, now.Monotonic);
            copies.Put(copy);
            return copy;
        }
    }

    /// <summary>Ends the lease for good: no copy is used, and none is kept, any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _lease = null;
        }
    }

    /// <summary>The same, unless the lease stands.</summary>
    /// <param name="hadPassed">Whether there was a lease that has passed.</param>
    public bool CloseIfPassed(out bool hadPassed)
    {
        lock (_lock)
        {
            hadPassed = _lease?.Deadline.HasPassed(clock.Read()) is true;
            if (_lease is not null && !hadPassed)
                return false;
            Close();
            return true;
        }
    }

    /// <summary>Queues a use to be reported with the next renewal.</summary>
    public void Report(Copy copy) => _used.Enqueue(copy);

    /// <summary>Takes the copies of which there is a use to report.</summary>
    /// <param name="most">The most of them.</param>
    public IReadOnlyList<Copy> TakeUsed(int most)
    {
        if (_used.IsEmpty)
            return [];

        List<Copy> used = [];
        while (used.Count < most && _used.TryDequeue(out Copy? copy))
            used.Add(copy);
        return used;
    }

    private void Drop(IReadOnlyList<StandingRecall> recalls)
    {
        for (int i = 0; i < recalls.Count; i++)
        {
            if (
                copies.TryGet(recalls[i].Session, out Copy? copy)
                && ReferenceEquals(copy.Silo, this)
                && copy.Version < recalls[i].Below
            )
                copies.Remove(copy);
        }
    }
}
