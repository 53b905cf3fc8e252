namespace SessionAuth.Grains;

/// <summary>
/// Deactivates a grain shortly after its last call. Not after every call: Orleans forwards a call that reaches a
/// deactivating grain only a limited number of times, so some of many concurrent calls would fail.
/// </summary>
/// <param name="grain">The grain to deactivate.</param>
internal sealed class IdleDeactivation(IGrainBase grain)
{
    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(2);

    private IGrainTimer? _timer;

    /// <summary>Invokes a call, as a grain call filter, and then schedules or cancels the deactivation.</summary>
    /// <param name="call">The incoming call.</param>
    /// <param name="isUnused">Whether, after the call, the grain has no reason to stay in memory.</param>
    public async Task Invoke(IIncomingGrainCallContext call, Func<bool> isUnused)
    {
        try
        {
            await call.Invoke();
        }
        finally
        {
            if (isUnused())
                Schedule();
            else
                Cancel();
        }
    }

    /// <summary>Deactivates the grain after the delay. Another call to this starts the delay again.</summary>
    public void Schedule()
    {
        if (_timer is { } timer)
            timer.Change(s_delay, Timeout.InfiniteTimeSpan);
        else
            _timer = grain.RegisterGrainTimer(
                _ =>
                {
                    grain.DeactivateOnIdle();
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(s_delay, Timeout.InfiniteTimeSpan)
            );
    }

    /// <summary>Keeps the grain in memory.</summary>
    public void Cancel()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
