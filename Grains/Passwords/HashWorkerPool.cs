using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Grains.Passwords;

/// <summary>A bounded queue of work, and one low-priority thread per core that runs it.</summary>
/// <remarks>
/// Scheduling priority alone does not protect other threads: a memory-hard hash also evicts their caches and takes
/// memory bandwidth. A pool with <c>restsUnderLoad</c> therefore sleeps after each item in proportion to the time for
/// which it was ready but had no processor. On an idle machine that time is zero.
/// </remarks>
internal sealed class HashWorkerPool : IDisposable
{
    private const int RestPerWait = 12;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Action> _queue = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ManualResetEventSlim _closed = new();
    private readonly int _capacity;
    private readonly int _niceness;
    private readonly bool _restsUnderLoad;
    private readonly TimeProvider _clock;
    private int _count;

    /// <param name="name">The name of the threads.</param>
    /// <param name="capacity">The most items that may be queued.</param>
    /// <param name="niceness">The threads' nice value, from 0 (normal priority) to 19 (lowest).</param>
    /// <param name="restsUnderLoad">
    /// Whether the threads sleep after each item while other threads need the processor.
    /// </param>
    /// <param name="clock">Measures how long an item took.</param>
    public HashWorkerPool(
        string name,
        int capacity,
        int niceness,
        bool restsUnderLoad,
        TimeProvider clock
    )
    {
        _capacity = capacity;
        _niceness = niceness;
        _restsUnderLoad = restsUnderLoad;
        _clock = clock;
        for (int i = 0; i < Environment.ProcessorCount; i++)
            new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Queues an item; false when the queue is full.</summary>
    public bool TryEnqueue(Action work)
    {
        if (Interlocked.Increment(ref _count) > _capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _queue.Enqueue(work);
        _available.Release();
        return true;
    }

    public void Dispose()
    {
        _closed.Set();
        _available.Release(Environment.ProcessorCount);
    }

    private void Work()
    {
        LinuxThread.SetNiceness(_niceness);
        while (!_closed.IsSet)
        {
            _available.Wait();
            if (!TryTake(out Action? work))
                continue;

            if (_restsUnderLoad)
                RunAndRest(work);
            else
                work();
        }
    }

    private void RunAndRest(Action work)
    {
        long began = _clock.GetTimestamp();
        TimeSpan? before = LinuxThread.CpuTime;
        work();
        TimeSpan waited = _clock.GetElapsedTime(began) - (LinuxThread.CpuTime - before) ?? default;
        TimeSpan rest = waited * RestPerWait;
        if (rest > TimeSpan.Zero)
            _closed.Wait(rest < s_longestRest ? rest : s_longestRest);
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
    {
        if (!_queue.TryDequeue(out work))
            return false;

        Interlocked.Decrement(ref _count);
        return true;
    }
}
