namespace SessionAuth.Grains.Tests.Running;

/// <summary>Writes that wait until they are released.</summary>
public sealed class HeldWrites : IDisposable
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _open = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Completes when a write waits.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    internal IDisposable? Lifted { get; set; }

    /// <summary>Releases the waiting writes and all later ones.</summary>
    public void Release()
    {
        Lifted?.Dispose();
        _open.TrySetResult();
    }

    /// <summary>Lets the waiting writes fail; later ones succeed.</summary>
    public void Break()
    {
        Lifted?.Dispose();
        _open.TrySetException(new DiskFullException());
    }

    public void Dispose() => Release();

    internal Task Pass()
    {
        _reached.TrySetResult();
        return _open.Task;
    }
}
