namespace SessionAuth.Grains;

/// <summary>
/// Has an activation leave memory a moment after its last call. It does not leave after each call: of many calls at the
/// same moment, those that reach an activation which is leaving are sent on only so often before they are refused.
/// </summary>
/// <param name="grain">The grain.</param>
internal sealed class BriefStay(IGrainBase grain)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(2);

    private IGrainTimer? _leaving;

    /// <summary>It was called: it leaves when it has not been called again for a moment.</summary>
    public void Extend()
    {
        if (_leaving is { } leaving)
            leaving.Change(s_moment, Timeout.InfiniteTimeSpan);
        else
            _leaving = grain.RegisterGrainTimer(
                _ =>
                {
                    grain.DeactivateOnIdle();
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(s_moment, Timeout.InfiniteTimeSpan)
            );
    }

    /// <summary>It has something to stay for.</summary>
    public void Cancel()
    {
        _leaving?.Dispose();
        _leaving = null;
    }
}
