namespace SessionAuth.Grains.Tests.Running;

/// <summary>Writes that wait until they are let go.</summary>
public sealed class HeldWrites : IDisposable
{
    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _open = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Ends when a write waits.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

    internal IDisposable? Lifted { get; set; }

    /// <summary>Lets the writes go, those to come too.</summary>
    public void Release()
    {
        Lifted?.Dispose();
        _open.TrySetResult();
    }

    /// <summary>Lets the waiting writes fail; those to come go through.</summary>
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
