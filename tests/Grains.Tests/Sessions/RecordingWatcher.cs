using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Tests.Sessions;

/// <summary>Remembers the notification that a session has ended.</summary>
internal sealed class RecordingWatcher : ISessionWatcher
{
    private readonly TaskCompletionSource<SessionEndReason> _reason = new();

    public bool WasNotified => _reason.Task.IsCompleted;

    /// <summary>The reason, which must arrive within a second.</summary>
    public Task<SessionEndReason> Reason => _reason.Task.WaitAsync(TimeSpan.FromSeconds(1));

    public Task Ended(SessionEndReason reason)
    {
        _reason.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
