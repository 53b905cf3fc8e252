using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>A watcher that remembers what it was told.</summary>
internal sealed class Told : ISessionWatcher
{
    private readonly TaskCompletionSource<SessionEndReason> _reason = new();

    public bool Yet => _reason.Task.IsCompleted;

    /// <summary>What it was told, within a second.</summary>
    public Task<SessionEndReason> Soon => _reason.Task.WaitAsync(TimeSpan.FromSeconds(1));

    public Task Ended(SessionEndReason reason)
    {
        _reason.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
