using Microsoft.Extensions.Logging;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Grains.Leases;

/// <summary>One holder of a lease from this silo, and the recalls on their way to it.</summary>
/// <remarks>
/// Recalls are sent in batches: what was recalled while one was on its way goes with the next. One that is not
/// acknowledged is sent again, until it is or the lease that was granted without it has passed.
/// </remarks>
internal sealed partial class LeaseHolder(
    Guid silo,
    LeaseOptions options,
    LeaseRules rules,
    TimeProvider clock,
    LeaseMeters meters,
    ILogger logger
)
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private GrantedLease _lease = GrantedLease.None;
    private ILeaseHolder? _reference;
    private bool _isSending;
    private bool _hangs;
    private bool _isForgotten;

    private TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>Whether the holder's lease has certainly passed.</summary>
    public bool HasPassed(TimeSpan now)
    {
        lock (_lock)
            return now >= _lease.Until;
    }

    /// <summary>Forgets the holder if its lease has passed. It is never granted another one here.</summary>
    public bool TryForget(TimeSpan now)
    {
        lock (_lock)
            return _isForgotten |= now >= _lease.Until;
    }

    /// <summary>Grants or renews the lease.</summary>
    /// <param name="reference">Where the holder takes recalls.</param>
    /// <param name="fence">For how long this silo is certain to be a member; null without a cluster.</param>
    /// <returns>The grant; null when there is none, or when the holder was forgotten and asks again.</returns>
    public LeaseGrant? Renew(ILeaseHolder reference, TimeSpan? fence)
    {
        lock (_lock)
        {
            // Nobody would recall from it.
            if (_isForgotten)
                return null;

            _reference = reference;
            _hangs = false;
            (_lease, LeaseGrant? grant) = _lease.Grant(Now, fence, rules);
            return grant;
        }
    }

    /// <summary>The holder uses no copy any more.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _lease = GrantedLease.None;
            Release(Now);
        }
    }

    /// <summary>Completes when the holder has dropped its copy, or its lease has passed.</summary>
    public async Task Recall(StandingRecall recall)
    {
        Waiting waiting;
        lock (_lock)
        {
            TimeSpan now = Now;
            if (now >= _lease.Until)
                return;

            _lease = _lease.Recall(recall);
            waiting = new(recall, _lease.Until);
            _waiting.Add(waiting);
            if (!_isSending)
            {
                _isSending = true;
                // Not in the turn of the grain that recalls: it may be about to leave.
                Task.Run(Send).Ignore();
            }
        }

        await waiting.Dropped.Task;
    }

    /// <summary>Completes when the lease was given back or has passed.</summary>
    public async Task UntilPassed()
    {
        while (Remaining() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock);
    }

    private TimeSpan Remaining()
    {
        lock (_lock)
            return _lease.Until == TimeSpan.MinValue ? TimeSpan.Zero : _lease.Until - Now;
    }

    private async Task Send()
    {
        while (NextBatch() is { } batch)
        {
            Task answered = Call(batch);
            Task first = await Task.WhenAny(answered, Task.Delay(NextWait(), clock));
            if (first != answered)
                meters.NotAnswered();
        }
    }

    private async Task Call(Batch batch)
    {
        try
        {
            await batch.Holder.Recall(silo, batch.Recalls);
            lock (_lock)
            {
                _lease = _lease.Acknowledge(batch.Recalls);
                Release(Now);
            }
        }
        catch (Exception e)
        {
            LogNotAnswered(e);
            // Sent again after the pause of all recalls that are not answered.
            await Task.Delay(options.ResendAfter, clock);
        }
    }

    private Batch? NextBatch()
    {
        lock (_lock)
        {
            Release(Now);
            _isSending = _waiting.Count > 0 && _reference is not null;
            return _isSending
                ? new(_reference!, [.. _waiting.Select(waiting => waiting.Recall)])
                : null;
        }
    }

    // Until the recall is sent again, or the first of those that wait is over without it.
    private TimeSpan NextWait()
    {
        lock (_lock)
        {
            TimeSpan wait = options.ResendAfter;
            foreach (Waiting waiting in _waiting)
            {
                TimeSpan remaining = waiting.GrantedUntil - Now;
                wait = remaining < wait ? remaining : wait;
            }
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    private void Release(TimeSpan now)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            Waiting waiting = _waiting[i];
            if (!_lease.HasDropped(waiting.Recall, waiting.GrantedUntil, now))
                continue;

            if (now >= waiting.GrantedUntil)
            {
                _lease = _lease.GiveUp(waiting.Recall);
                meters.WaitedForLease();
                // Once, not for each of the sessions that it had copies of.
                if (!_hangs)
                    LogWaitedForLease();
                _hangs = true;
            }
            _waiting.RemoveAt(i);
            waiting.Dropped.TrySetResult();
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A front end did not answer a recall; it is sent again")]
    private partial void LogNotAnswered(Exception exception);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "A front end that does not answer made changes to sessions wait until its lease had passed"
    )]
    private partial void LogWaitedForLease();

    private sealed record Batch(ILeaseHolder Holder, StandingRecall[] Recalls);

    private sealed record Waiting(StandingRecall Recall, TimeSpan GrantedUntil)
    {
        public TaskCompletionSource Dropped { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
