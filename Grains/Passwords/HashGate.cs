using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace SessionAuth.Grains.Passwords;

/// <summary>
/// Where passwords are hashed: on threads of their own, as many as there are cores, which give way to all others, so
/// that a flood of sign-ins never takes the processor from session checks, nor more memory than so many hashes need.
/// Those who wait are bounded; the rest are turned away. Who is known goes first.
/// </summary>
internal sealed class HashGate : IDisposable
{
    /// <summary>The meter of what is hashed.</summary>
    public const string MeterName = "SessionAuth.Passwords";

    // A tenth of what other threads get where the processor is short (nice 10).
    private const int Niceness = 10;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly Queue _known;
    private readonly Queue _unknown;
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Counter<long> _hashed;
    private readonly Counter<long> _turnedAway;
    private volatile bool _closed;

    public HashGate(IOptions<PasswordOptions> options, TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        Meter meter = meters.Create(MeterName);
        _hashed = meter.CreateCounter<long>(
            "sessionauth.passwords.hashed",
            "{hash}",
            "Passwords that were hashed."
        );
        _turnedAway = meter.CreateCounter<long>(
            "sessionauth.passwords.turned_away",
            "{try}",
            "Passwords that were not hashed, because too many waited, or for too long."
        );
        int cores = Environment.ProcessorCount;
        _known = new(options.Value.QueuePerCore * cores);
        _unknown = new(options.Value.QueuePerCore * cores);
        for (int i = 0; i < cores; i++)
            new Thread(Work) { IsBackground = true, Name = "password hash" }.Start();
    }

    /// <summary>Runs the work, whose result can be null, on a thread of the gate; null when too much waits, or it has waited for too long.</summary>
    /// <param name="work">The work.</param>
    /// <param name="known">Whether it is for somebody who has shown before who they are.</param>
    public async Task<T?> TryRun<T>(Func<T> work, bool known)
    {
        TaskCompletionSource<T?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long asked = _clock.GetTimestamp();
        bool accepted = (known ? _known : _unknown).TryAdd(() =>
        {
            try
            {
                // Whoever asked for it has been given up on, or soon will be.
                if (_clock.GetElapsedTime(asked) > s_longestWait)
                {
                    _turnedAway.Add(1);
                    done.SetResult(default);
                    return;
                }

                _hashed.Add(1);
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        if (!accepted)
        {
            _turnedAway.Add(1);
            return default;
        }

        _waiting.Release();
        return await done.Task;
    }

    public void Dispose()
    {
        _closed = true;
        _waiting.Release(Environment.ProcessorCount);
    }

    private void Work()
    {
        GiveWay();
        while (!_closed)
        {
            _waiting.Wait();
            if (_known.TryTake(out Action? work) || _unknown.TryTake(out work))
                work();
        }
    }

    // Linux gives each thread a niceness of its own; Thread.Priority changes nothing there.
    private static void GiveWay()
    {
        const int ThisThread = 0;
        if (OperatingSystem.IsLinux())
            _ = SetPriority(ThisThread, ThisThread, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);

    private sealed class Queue(int most)
    {
        private readonly ConcurrentQueue<Action> _works = new();
        private int _count;

        public bool TryAdd(Action work)
        {
            if (Interlocked.Increment(ref _count) > most)
            {
                Interlocked.Decrement(ref _count);
                return false;
            }

            _works.Enqueue(work);
            return true;
        }

        public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Action? work)
        {
            if (!_works.TryDequeue(out work))
                return false;

            Interlocked.Decrement(ref _count);
            return true;
        }
    }
}
