using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace SessionAuth.Grains.Storage;

/// <summary>
/// A write with an unknown outcome, which is repeated until it succeeds or an etag conflict shows that another version
/// is stored.
/// </summary>
/// <remarks>
/// Repeats run on an interleaving timer, at most once a second, with back-off while the grain is not called, and keep
/// the activation alive. When the silo stops, the write is repeated a few times more; should it still land after the
/// next activation has read the state, that activation's next write conflicts.
/// </remarks>
internal sealed partial class RepeatedWrite
{
    private const int MaxRepeatsOnDeactivation = 5;

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly IGrainContext _grain;
    private readonly string _type;
    private readonly Func<Task> _read;
    private readonly Action<bool> _answered;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    private Func<Task>? _write;
    private bool _conflicts;
    private IGrainTimer? _timer;
    private TimeSpan _pause;
    private long _repeatedAt;
    private Task _repeat = Task.CompletedTask;

    /// <param name="grain">The grain whose state is written.</param>
    /// <param name="read">Reads the stored state into memory.</param>
    /// <param name="answered">
    /// Called when the outcome is known; the argument is whether another activation may have written the stored
    /// version.
    /// </param>
    /// <param name="clock">Times the repeats.</param>
    /// <param name="logger">The logger.</param>
    public RepeatedWrite(
        IGrainContext grain,
        Func<Task> read,
        Action<bool> answered,
        TimeProvider clock,
        ILogger logger
    )
    {
        (_grain, _read, _answered, _clock, _logger) = (grain, read, answered, clock, logger);
        _type = grain.GrainId.Type.ToString()!;
    }

    /// <summary>Whether there is a write with an unknown outcome.</summary>
    public bool IsUnderWay => _write is not null;

    /// <summary>Starts to repeat a write whose answer was lost.</summary>
    public void Begin(Func<Task> write)
    {
        LogUnknown(_type);
        _write = write;
        _repeatedAt = _clock.GetTimestamp();
        _pause = s_shortestPause;
        _timer = ((IGrainBase)_grain.GrainInstance!).RegisterGrainTimer(
            Repeat,
            new GrainTimerCreationOptions(_pause, Timeout.InfiniteTimeSpan)
            {
                Interleave = true,
                KeepAlive = true,
            }
        );
    }

    /// <summary>The grain was called: repeats the write now, but at most once a second.</summary>
    public void RepeatSoon()
    {
        bool mayRepeat =
            _repeat.IsCompleted && _clock.GetElapsedTime(_repeatedAt) >= s_shortestPause;
        if (mayRepeat)
            _timer?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The grain deactivates: repeats the write a few times more.</summary>
    public async Task RepeatOnDeactivation(CancellationToken cancellationToken)
    {
        for (int attempt = 0; IsUnderWay && attempt < MaxRepeatsOnDeactivation; attempt++)
        {
            await Repeat();
            if (IsUnderWay)
                await Task.Delay(s_shortestPause, _clock, cancellationToken);
        }

        if (IsUnderWay)
            LogDeactivated(_type);
    }

    private Task Repeat() => _repeat.IsCompleted ? _repeat = RepeatOnce() : _repeat;

    private async Task RepeatOnce()
    {
        if (_write is not { } write)
            return;

        try
        {
            if (!_conflicts)
                await AnswerOf(write);
            if (_conflicts)
                await _read();
        }
        catch (Exception e)
        {
            LogStillUnknown(e, _type);
            _repeatedAt = _clock.GetTimestamp();
            _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
            _timer?.Change(_pause, Timeout.InfiniteTimeSpan);
            return;
        }

        LogKnown(_type);
        _write = null;
        _timer?.Dispose();
        _timer = null;
        bool isOfAnother = _conflicts;
        _conflicts = false;
        _answered(isOfAnother);
    }

    private async Task AnswerOf(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (InconsistentStateException)
        {
            _conflicts = true;
        }
    }

    [LoggerMessage(
        EventId = 221,
        Level = LogLevel.Warning,
        EventName = "write-unknown",
        Message = "The outcome of a write of a {Grain} is unknown; it is repeated until storage answers"
    )]
    private partial void LogUnknown(string grain);

    [LoggerMessage(
        EventId = 222,
        Level = LogLevel.Debug,
        EventName = "write-still-unknown",
        Message = "The outcome of a write of a {Grain} is still unknown"
    )]
    private partial void LogStillUnknown(Exception exception, string grain);

    [LoggerMessage(
        EventId = 223,
        Level = LogLevel.Information,
        EventName = "write-known",
        Message = "The outcome of a write of a {Grain} is known"
    )]
    private partial void LogKnown(string grain);

    [LoggerMessage(
        EventId = 224,
        Level = LogLevel.Warning,
        EventName = "write-left-unknown",
        Message = "A {Grain} deactivates while the outcome of its last write is unknown"
    )]
    private partial void LogDeactivated(string grain);
}
