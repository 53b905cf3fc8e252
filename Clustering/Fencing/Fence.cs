using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Whether this silo may answer for its grains: only for so long after a moment at which it was a member of its
/// cluster for certain.
/// </summary>
/// <remarks>
/// The comparison is made when an answer is given, with no timer in between, so that a silo that was stopped and wakes
/// up refuses before it has looked again. What moments are certain is <see cref="FenceWatch"/>'s and
/// <see cref="ClusterView"/>'s to say; why others wait longer than that is said at <see cref="ClusterTimings"/>.
/// </remarks>
internal sealed class Fence(IOptions<ClusterTimings> timings, TimeProvider clock) : IOwnSilo
{
    private readonly TimeSpan _length = timings.Value.Fence;
    private readonly Lock _lock = new();
    private volatile ClockReading? _confirmed;
    private volatile bool _closed;
    private volatile TaskCompletionSource _next = NewSource();

    /// <summary>Somebody waits for this silo to be confirmed.</summary>
    public event Action? Wanted;

    /// <summary>Whether an answer may be given now.</summary>
    public bool IsConfirmed =>
        !_closed && _confirmed is { } confirmed && confirmed.AtMostElapsed(clock) < _length;

    /// <summary>Whether the silo is dead, or leaves: it never answers again.</summary>
    public bool IsClosed => _closed;

    public ClockReading Now() => ClockReading.Now(clock);

    /// <summary>The silo was a member at that moment, or later.</summary>
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

    /// <summary>The silo is no member any more, or is about to cease to be one.</summary>
    public void Close()
    {
        _closed = true;
        _next.TrySetResult();
    }

    /// <summary>Returns when the silo is confirmed, which it nearly always is, or throws.</summary>
    /// <exception cref="SiloNotConfirmedException">It is not, and was not soon after.</exception>
    public ValueTask Require() => IsConfirmed ? ValueTask.CompletedTask : new(Wait());

    // A silo that was held up for a few seconds looks at once and goes on, and its callers need not know.
    private async Task Wait()
    {
        using CancellationTokenSource patience = new(timings.Value.LookInterval, clock);
        while (!_closed)
        {
            Task next = _next.Task;
            if (IsConfirmed)
                return;
            Wanted?.Invoke();
            try
            {
                await next.WaitAsync(patience.Token);
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
