using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SessionAuth.Grains.Passwords;

/// <summary>Threads that work off a queue of bounded length, as many as there are cores, which give way to all others.</summary>
internal sealed class HashLane : IDisposable
{
    private readonly ConcurrentQueue<Action> _works = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly int _most;
    private readonly int _niceness;
    private int _count;
    private volatile bool _closed;

    /// <param name="name">The name of the threads.</param>
    /// <param name="most">How many may wait.</param>
    /// <param name="niceness">How far the threads give way, where the processor is short: from 0, not at all, to 19, nearly always.</param>
    public HashLane(string name, int most, int niceness)
    {
        _most = most;
        _niceness = niceness;
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
        _closed = true;
        _waiting.Release(Environment.ProcessorCount);
    }

    private void Work()
    {
        GiveWay();
        while (!_closed)
        {
            _waiting.Wait();
            if (TryTake(out Action? work))
                work();
        }
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
    {
        if (!_works.TryDequeue(out work))
            return false;

        Interlocked.Decrement(ref _count);
        return true;
    }

    // Linux gives each thread a niceness of its own; Thread.Priority changes nothing there.
    private void GiveWay()
    {
        const int ThisThread = 0;
        if (OperatingSystem.IsLinux())
            _ = SetPriority(ThisThread, ThisThread, _niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
