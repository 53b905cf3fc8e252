using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Where passwords are hashed: on threads of their own, as many as there are cores, so that a flood of sign-ins
/// never takes the threads that session checks run on, nor more memory than so many hashes need. Those who
/// wait are bounded too; the rest are turned away.
/// </summary>
internal sealed class HashGate : IDisposable
{
    private readonly BlockingCollection<Action> _waiting;

    public HashGate(IOptions<PasswordOptions> options)
    {
        int cores = Environment.ProcessorCount;
        _waiting = new(options.Value.QueuePerCore * cores);
        for (int i = 0; i < cores; i++)
            new Thread(Work) { IsBackground = true, Name = "password hash" }.Start();
    }

    /// <summary>Runs the work on a thread of the gate; null when too much waits already.</summary>
    public Task<T>? TryRun<T>(Func<T> work)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool accepted = _waiting.TryAdd(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return accepted ? done.Task : null;
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void Work()
    {
        foreach (Action work in _waiting.GetConsumingEnumerable())
            work();
    }
}
