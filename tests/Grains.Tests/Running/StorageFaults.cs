using System.Collections.Concurrent;
using SessionAuth.Providers;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>
/// The faults of writes that a test sets, and what was written. A fault is set by the key of a grain, or by the name of
/// a state if the key is not known in advance.
/// </summary>
public sealed class StorageFaults
{
    private readonly ConcurrentDictionary<string, Func<Func<Task>, Task>> _faults = new();
    private readonly ConcurrentDictionary<string, bool> _unreadable = new();
    private readonly ConcurrentDictionary<string, int> _writes = new();
    private readonly ConcurrentDictionary<string, object> _written = new();

    /// <summary>Until disposed, writes fail and store nothing.</summary>
    public IDisposable Fail(string keyOrName) =>
        Set(keyOrName, _ => Task.FromException(new DiskFullException()));

    /// <summary>Until disposed, writes are stored but not answered.</summary>
    public IDisposable LoseAnswers(string keyOrName) =>
        Set(
            keyOrName,
            async write =>
            {
                await write();
                throw NoAnswer();
            }
        );

    /// <summary>Until disposed, writes are neither stored nor answered.</summary>
    public IDisposable LoseWrites(string keyOrName) =>
        Set(keyOrName, _ => Task.FromException(NoAnswer()));

    /// <summary>Until disposed, this grain cannot be read.</summary>
    public IDisposable FailReads(string grainKey)
    {
        _unreadable[grainKey] = true;
        return new Lift(() => _unreadable.TryRemove(grainKey, out _));
    }

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

    /// <summary>How many times the state of this grain was written.</summary>
    public int Writes(string grainKey) => _writes.GetValueOrDefault(grainKey);

    /// <summary>The state that was written last.</summary>
    public TState Written<TState>(string grainKey) => (TState)_written[grainKey];

    /// <summary>Whether the state of this grain was written and not cleared since.</summary>
    public bool Has(string grainKey) => _written.ContainsKey(grainKey);

    internal bool IsUnreadable(string grainKey) => _unreadable.ContainsKey(grainKey);

    internal Task Clear(string stateName, string grainKey, Func<Task> clear)
    {
        return Fault(stateName, grainKey) is { } fault ? fault(Noted) : Noted();

        async Task Noted()
        {
            await clear();
            _written.TryRemove(grainKey, out _);
        }
    }

    internal Task Write(string stateName, string grainKey, object state, Func<Task> write)
    {
        return Fault(stateName, grainKey) is { } fault ? fault(Noted) : Noted();

        async Task Noted()
        {
            await write();
            _written[grainKey] = state;
            _writes.AddOrUpdate(grainKey, 1, (_, count) => count + 1);
        }
    }

    private static StorageUnavailableException NoAnswer() =>
        new("No answer came in time.") { OutcomeUnknown = true };

    private Func<Func<Task>, Task>? Fault(string stateName, string grainKey) =>
        _faults.TryGetValue(grainKey, out Func<Func<Task>, Task>? fault)
        || _faults.TryGetValue(stateName, out fault)
            ? fault
            : null;

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
