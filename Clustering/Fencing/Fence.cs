using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Whether this silo may answer for its grains: only for a limited time after a moment at which it was certainly a
/// member of its cluster.
/// </summary>
/// <remarks>
/// The clocks are compared when an answer is given, not by a timer, so that a silo that was suspended refuses as soon
/// as it resumes, before it has read the membership table again. Which moments are certain is determined by
/// <see cref="FenceWatch"/> and <see cref="ClusterView"/>; why other silos wait longer than that is explained at
/// <see cref="ClusterTimings"/>.
/// </remarks>
internal sealed class Fence(IOptions<ClusterTimings> timings, TimeProvider clock)
    : IOwnSilo,
        ISiloMembership
{
    private readonly TimeSpan _length = timings.Value.Fence;
    private readonly Lock _lock = new();
    private volatile ClockReading? _confirmed;
    private volatile bool _closed;
    private volatile TaskCompletionSource _next = NewSource();

    /// <summary>Raised when a call waits for this silo to be confirmed.</summary>
    public event Action? ConfirmationNeeded;

    /// <summary>Whether grains may answer now.</summary>
    public bool IsConfirmed => CertainFor > TimeSpan.Zero;

    /// <summary>For how long grains may still answer without another confirmation; zero when they may not.</summary>
    public TimeSpan CertainFor
    {
        get
        {
            if (_closed || _confirmed is not { } confirmed)
                return TimeSpan.Zero;
            TimeSpan elapsed = confirmed.AtMostElapsed(clock);
            return elapsed < _length ? _length - elapsed : TimeSpan.Zero;
        }
    }

    /// <summary>Whether the silo is dead or leaving: it never answers again.</summary>
    public bool IsClosed => _closed;

    public ClockReading Now() => ClockReading.Now(clock);

    /// <summary>Opens the fence, or extends it.</summary>
    /// <param name="asOf">A moment at which, or after which, the silo was a member.</param>
    public void Confirm(ClockReading asOf)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            if (_confirmed is { } known && known.Timestamp >= asOf.Timestamp)
                return;
            _confirmed = asOf;
            waiting = _next;
            _next = NewSource();
        }
        waiting.TrySetResult();
    }

    /// <summary>Closes the fence for good: the silo is no longer a member, or is about to leave.</summary>
    public void Close()
    {
        _closed = true;
        _next.TrySetResult();
    }

    /// <summary>Completes once the silo is confirmed; nearly always at once.</summary>
    /// <exception cref="SiloNotConfirmedException">It is not confirmed within one read interval.</exception>
    public ValueTask Require() => IsConfirmed ? ValueTask.CompletedTask : new(Wait());

    // A silo that was paused for a few seconds reads the table at once, so that its callers see a delay and no error.
    private async Task Wait()
    {
        using CancellationTokenSource timeout = new(timings.Value.ReadInterval, clock);
        while (!_closed)
        {
            Task next = _next.Task;
            if (IsConfirmed)
                return;
            ConfirmationNeeded?.Invoke();
            try
            {
                await next.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        throw new SiloNotConfirmedException();
    }

    private static TaskCompletionSource NewSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
