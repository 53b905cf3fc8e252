namespace SessionAuth.KilledNode;

/// <summary>
/// Stops a node before one of its writes. From then on nothing of it is stored or answered, and it waits for the kill.
/// </summary>
internal sealed class KillSwitch : IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private int _left = int.MaxValue;

    /// <summary>Cancelled when the node has stopped.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <param name="writes">The number of writes that still succeed.</param>
    public void Arm(int writes) => Volatile.Write(ref _left, writes);

    /// <summary>Called before each write; does not return before the first write too many and any later one.</summary>
    public async Task BeforeWrite()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
            return;

        await _stopped.CancelAsync();
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    public void Dispose() => _stopped.Dispose();
}
