using System.Diagnostics;
using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Bench;

/// <summary>The memory of 100,000 live sessions.</summary>
internal static class Memory
{
    private const int Sessions = 100_000;

    public static async Task Measure(BenchNode node)
    {
        (long heapBefore, long processBefore) = Now();
        Stopwatch clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Sessions),
            new ParallelOptions { MaxDegreeOfParallelism = 256 },
            async (_, _) => await Start(node.Grains)
        );
        TimeSpan taken = clock.Elapsed;
        (long heap, long process) = Now();
        Console.WriteLine(
            $"{Sessions:N0} live sessions: heap {Mib(heap - heapBefore):N0} MiB more "
                + $"({(heap - heapBefore) / Sessions:N0} bytes each), "
                + $"process {Mib(processBefore):N0} → {Mib(process):N0} MiB; "
                + $"started and stored at {Sessions / taken.TotalSeconds:N0}/s"
        );
    }

    private static async Task Start(IGrainFactory grains)
    {
        UserId user = UserId.New(TimeProvider.System.GetUtcNow());
        ISessionGrain session = grains.Session(SessionId.New());
        await session.Start(
            new(
                user,
                new("Firefox 140", "Linux", "192.0.2.1"),
                Persistent: true,
                new([AuthenticationMethod.Password])
            )
        );
        if (await session.Check(user, 1) != SessionStanding.Live)
            throw new InvalidOperationException("A session that was started is not live.");
    }

    private static (long Heap, long Process) Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process current = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), current.WorkingSet64);
    }

    private static double Mib(long bytes) => bytes / 1024.0 / 1024.0;
}
