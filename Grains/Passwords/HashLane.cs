using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SessionAuth.Grains.Passwords;

/// <summary>Threads that work off a queue of bounded length, as many as there are cores, which give way to all others.</summary>
/// <remarks>
/// Hashing takes the caches and the memory from others even in the moments that they leave it: a lane that holds back
/// rests after each work, the longer the more it was kept waiting. On an idle machine it does not.
/// </remarks>
internal sealed class HashLane : IDisposable
{
    private const int RestPerWait = 12;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Action> _works = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly ManualResetEventSlim _closed = new();
    private readonly int _most;
    private readonly int _niceness;
    private readonly bool _holdsBack;
    private readonly TimeProvider _clock;
    private int _count;

    /// <param name="name">The name of the threads.</param>
    /// <param name="most">How many may wait.</param>
    /// <param name="niceness">How far the threads give way, where the processor is short: from 0, not at all, to 19, nearly always.</param>
    /// <param name="holdsBack">Whether they rest after each work as well.</param>
    /// <param name="clock">The clock.</param>
    public HashLane(string name, int most, int niceness, bool holdsBack, TimeProvider clock)
    {
        _most = most;
        _niceness = niceness;
        _holdsBack = holdsBack;
        _clock = clock;
        for (int i = 0; i < Environment.ProcessorCount; i++)
            new Thread(Work) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Has the work done; false when too much waits.</summary>
    public bool TryAdd(Action work)
    {
        if (Interlocked.Increment(ref _count) > _most)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        _works.Enqueue(work);
        _waiting.Release();
        return true;
    }

    public void Dispose()
    {
        _closed.Set();
        _waiting.Release(Environment.ProcessorCount);
    }

    private void Work()
    {
        OwnThread.GiveWay(_niceness);
        while (!_closed.IsSet)
        {
            _waiting.Wait();
            if (!TryTake(out Action? work))
                continue;

            if (_holdsBack)
                WorkAndRest(work);
            else
                work();
        }
    }

    private void WorkAndRest(Action work)
    {
        long began = _clock.GetTimestamp();
        TimeSpan? before = OwnThread.ProcessorTime;
        work();
        TimeSpan waited =
            _clock.GetElapsedTime(began) - (OwnThread.ProcessorTime - before) ?? default;
        TimeSpan rest = waited * RestPerWait;
        if (rest > TimeSpan.Zero)
            _closed.Wait(rest < s_longestRest ? rest : s_longestRest);
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
    {
        if (!_works.TryDequeue(out work))
            return false;

        Interlocked.Decrement(ref _count);
        return true;
    }
}
