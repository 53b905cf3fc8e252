using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Simulation;

/// <summary>
/// A holder as a silo sees it: recalls are sent in batches and again until they are answered or the lease has passed, as
/// <c>LeaseHolder</c> does it on a real clock.
/// </summary>
internal sealed class SimulatedLease(
    Guid silo,
    ILeaseHolder holder,
    Timeline timeline,
    SimulatedClock clock,
    MessageCounts counts
)
{
    private static readonly TimeSpan s_resendAfter = TimeSpan.FromMilliseconds(250);

    private readonly List<Waiting> _waiting = [];
    private GrantedLease _lease = GrantedLease.None;
    private bool _isSending;

    public bool HasPassed => clock.Now >= _lease.Until;

    public LeaseGrant? Renew(TimeSpan fence)
    {
        (_lease, LeaseGrant? grant) = _lease.Grant(clock.Now, fence, LeaseRules.Default);
        return grant;
    }

    public void Recall(StandingRecall recall, Action dropped)
    {
        if (HasPassed)
        {
            dropped();
            return;
        }
        _lease = _lease.Recall(recall);
        _waiting.Add(new(recall, _lease.Until, dropped));
        if (!_isSending)
            Send();
    }

    private void Send()
    {
        Release();
        _isSending = _waiting.Count > 0;
        if (!_isSending)
            return;

        StandingRecall[] batch = [.. _waiting.Select(waiting => waiting.Recall)];
        bool isOver = false;
        counts.Recalls++;
        timeline.Send(() =>
        {
            if (holder is SimulatedHolder { IsStopped: true })
                return;
            holder.Recall(silo, batch);
            timeline.Send(() =>
            {
                _lease = _lease.Acknowledge(batch);
                Release();
                GoOn();
            });
        });
        timeline.In(
            NextWait(),
            () =>
            {
                if (!isOver)
                    counts.Repeated++;
                GoOn();
            }
        );

        void GoOn()
        {
            if (isOver)
                return;
            isOver = true;
            Send();
        }
    }

    // Until the recall is sent again, or the first of those that wait is over without it.
    private TimeSpan NextWait()
    {
        TimeSpan wait = _waiting.Min(waiting => waiting.GrantedUntil) - clock.Now;
        return wait < s_resendAfter ? wait : s_resendAfter;
    }

    private void Release()
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            Waiting waiting = _waiting[i];
            if (!_lease.HasDropped(waiting.Recall, waiting.GrantedUntil, clock.Now))
                continue;
            if (clock.Now >= waiting.GrantedUntil)
                _lease = _lease.GiveUp(waiting.Recall);
            _waiting.RemoveAt(i);
            waiting.Dropped();
        }
    }

    private sealed record Waiting(StandingRecall Recall, TimeSpan GrantedUntil, Action Dropped);
}
