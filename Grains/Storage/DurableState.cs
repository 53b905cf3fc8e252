using Microsoft.Extensions.Logging;
using Orleans.Storage;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Storage;

/// <summary>
/// A grain's state, as it is stored. It changes in memory when a write is durable, and not before.
/// </summary>
/// <remarks>
/// <para>
/// A write that fails may be stored nevertheless, or may come to be stored later: its answer was lost. Then nobody can
/// say what is stored, and reading cannot either, since the write may land after the read. So the same conditional write
/// is repeated until storage has answered it. Either it succeeds: then the version that the lost one was to replace is
/// gone, and the lost one can never land. Or it conflicts: then another version is stored, most likely by the lost write
/// itself, and reading shows it. Meanwhile <see cref="State"/> and every change throw <see cref="OutcomeUnknownException"/>.
/// </para>
/// <para>
/// The repeats go on beside the grain's calls, at most once a second, and less and less often while nobody asks for the
/// grain. They keep the grain in memory. A grain that has to leave nevertheless, since its silo stops, repeats the write
/// a few times more; whoever activates it next reads what is stored, and, should the lost write land after that, learns
/// of it by the conflict of its own next write.
/// </para>
/// </remarks>
internal sealed partial class DurableState<TState> : ILifecycleObserver
{
    private const int MostRepeatsOnLeaving = 5;

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly IGrainContext _grain;
    private readonly string _type;
    private readonly IPersistentState<TState> _stored;
    private readonly IWriteFailures _failures;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    private Func<Task>? _unanswered;
    private bool _conflicts;
    private IGrainTimer? _timer;
    private TimeSpan _pause;
    private long _triedAt;
    private Task _repeat = Task.CompletedTask;

    public DurableState(
        IGrainContext grain,
        IPersistentState<TState> stored,
        IWriteFailures failures,
        TimeProvider clock,
        ILogger<DurableState<TState>> logger
    )
    {
        (_grain, _stored, _failures, _clock, _logger) = (grain, stored, failures, clock, logger);
        _type = grain.GrainId.Type.ToString()!;
        grain.ObservableLifecycle.Subscribe(
            nameof(DurableState<>),
            GrainLifecycleStage.SetupState,
            this
        );
    }

    /// <summary>False while the outcome of a write is not known.</summary>
    public bool IsKnown => _unanswered is null;

    /// <summary>What is stored.</summary>
    /// <exception cref="OutcomeUnknownException">Nobody can say.</exception>
    public TState State
    {
        get
        {
            RequireKnown();
            return _stored.State;
        }
    }

    /// <summary>Whether anything is stored.</summary>
    /// <exception cref="OutcomeUnknownException">Nobody can say.</exception>
    public bool RecordExists
    {
        get
        {
            RequireKnown();
            return _stored.RecordExists;
        }
    }

    /// <summary>
    /// Called when a write whose outcome was not known has been answered: <see cref="State"/> is what is stored, be it
    /// that write or another. It may come in the middle of a call, and must not change the state.
    /// </summary>
    public Action? Settled { get; set; }

    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is not known.</exception>
    public void RequireKnown()
    {
        if (_unanswered is null)
            return;

        RepeatSoon();
        throw new OutcomeUnknownException();
    }

    /// <summary>
    /// Writes the next state; when that fails, memory is as it was. An activation that learns from an etag
    /// conflict that it is a stale copy deactivates at once.
    /// </summary>
    public Task Write(TState next) => Change(() => WriteOnce(next));

    /// <summary>Clears the state, where there is any. A stale copy deactivates, as above.</summary>
    public Task Clear() =>
        RecordExists
            ? Change(() => _stored.ClearStateAsync(CancellationToken.None))
            : Task.CompletedTask;

    Task ILifecycleObserver.OnStart(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task ILifecycleObserver.OnStop(CancellationToken cancellationToken)
    {
        for (int tries = 0; !IsKnown && tries < MostRepeatsOnLeaving; tries++)
        {
            await Repeat();
            if (!IsKnown)
                await Task.Delay(s_shortestPause, _clock, cancellationToken);
        }

        if (!IsKnown)
            LogLeft(_type);
    }

    private async Task Change(Func<Task> change)
    {
        RequireKnown();
        try
        {
            await change();
        }
        catch (InconsistentStateException)
        {
            Leave();
            throw;
        }
        catch (Exception e) when (!_failures.ChangedNothing(e))
        {
            LogUnknown(_type);
            _unanswered = change;
            _triedAt = _clock.GetTimestamp();
            _pause = s_shortestPause;
            _timer = ((IGrainBase)_grain.GrainInstance!).RegisterGrainTimer(
                Repeat,
                new GrainTimerCreationOptions(_pause, Timeout.InfiniteTimeSpan)
                {
                    Interleave = true,
                    KeepAlive = true,
                }
            );
            throw;
        }
    }

    private async Task WriteOnce(TState next)
    {
        TState before = _stored.State;
        _stored.State = next;
        try
        {
            await _stored.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            _stored.State = before;
            throw;
        }
    }

    private void RepeatSoon()
    {
        bool mayRepeat = _repeat.IsCompleted && _clock.GetElapsedTime(_triedAt) >= s_shortestPause;
        if (mayRepeat)
            _timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private Task Repeat() => _repeat.IsCompleted ? _repeat = RepeatOnce() : _repeat;

    private async Task RepeatOnce()
    {
        if (_unanswered is not { } change)
            return;

        try
        {
            if (!_conflicts)
                await AnswerOf(change);
            if (_conflicts)
                await _stored.ReadStateAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            LogStillUnknown(e, _type);
            _triedAt = _clock.GetTimestamp();
            _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
            _timer?.Change(_pause, Timeout.InfiniteTimeSpan);
            return;
        }

        LogKnown(_type);
        _unanswered = null;
        _timer?.Dispose();
        _timer = null;
        Settled?.Invoke();
        // The other version may be that of another activation.
        if (_conflicts)
            Leave();
        _conflicts = false;
    }

    private async Task AnswerOf(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (InconsistentStateException)
        {
            _conflicts = true;
        }
    }

    private void Leave() => ((IGrainBase)_grain.GrainInstance!).DeactivateOnIdle();

    [LoggerMessage(
        EventId = 221,
        Level = LogLevel.Warning,
        EventName = "write-unknown",
        Message = "Whether a write of a {Grain} is stored is not known; it is repeated until storage has answered"
    )]
    private partial void LogUnknown(string grain);

    [LoggerMessage(
        EventId = 222,
        Level = LogLevel.Debug,
        EventName = "write-still-unknown",
        Message = "Whether a write of a {Grain} is stored is still not known"
    )]
    private partial void LogStillUnknown(Exception exception, string grain);

    [LoggerMessage(
        EventId = 223,
        Level = LogLevel.Information,
        EventName = "write-known",
        Message = "What is stored of a {Grain} is known again"
    )]
    private partial void LogKnown(string grain);

    [LoggerMessage(
        EventId = 224,
        Level = LogLevel.Warning,
        EventName = "write-left-unknown",
        Message = "A {Grain} leaves its silo, and whether its last write is stored is not known"
    )]
    private partial void LogLeft(string grain);
}
