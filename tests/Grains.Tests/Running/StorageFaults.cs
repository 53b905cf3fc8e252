using System.Collections.Concurrent;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// What goes wrong with writes, as a test says, and what was written. A fault is asked for by a grain's key, or by
/// a state's name where the key is not known beforehand.
/// </summary>
public sealed class StorageFaults
{
    private readonly ConcurrentDictionary<string, Func<Func<Task>, Task>> _faults = new();
    private readonly ConcurrentDictionary<string, int> _writes = new();
    private readonly ConcurrentDictionary<string, object> _written = new();

    /// <summary>Until disposed, writes fail and change nothing.</summary>
    public IDisposable Fail(string keyOrName) =>
        Set(keyOrName, _ => Task.FromException(new DiskFullException()));

    /// <summary>Until disposed, writes reach storage, and then fail nevertheless.</summary>
    public IDisposable FailAfterwards(string keyOrName) =>
        Set(
            keyOrName,
            async write =>
            {
                await write();
                throw new DiskFullException();
            }
        );

    /// <summary>Until disposed, writes wait.</summary>
    public HeldWrites Hold(string keyOrName)
    {
        HeldWrites held = new();
        held.Lifted = Set(
            keyOrName,
            async write =>
            {
                await held.Pass();
                await write();
            }
        );
        return held;
    }

    /// <summary>How often this grain's state was written.</summary>
    public int Writes(string grainKey) => _writes.GetValueOrDefault(grainKey);

    /// <summary>What was written last.</summary>
    public TState Written<TState>(string grainKey) => (TState)_written[grainKey];

    /// <summary>Whether this grain's state was written and not cleared since.</summary>
    public bool Has(string grainKey) => _written.ContainsKey(grainKey);

    internal void Cleared(string grainKey) => _written.TryRemove(grainKey, out _);

    internal Task Write(string stateName, string grainKey, object state, Func<Task> write)
    {
        bool faulty =
            _faults.TryGetValue(grainKey, out Func<Func<Task>, Task>? fault)
            || _faults.TryGetValue(stateName, out fault);
        return faulty ? fault!(Noted) : Noted();

        async Task Noted()
        {
            await write();
            _written[grainKey] = state;
            _writes.AddOrUpdate(grainKey, 1, (_, count) => count + 1);
        }
    }

    private Lift Set(string keyOrName, Func<Func<Task>, Task> fault)
    {
        _faults[keyOrName] = fault;
        return new(() => _faults.TryRemove(keyOrName, out _));
    }

    private sealed class Lift(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
