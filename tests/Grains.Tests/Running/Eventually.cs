using System.Diagnostics;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>Waits for a condition, and no longer than a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Deadline)
                throw new TimeoutException($"It did not come true within {Deadline}.");
            await Task.Delay(Pause);
        }
    }

    public static Task Holds(Func<bool> condition) => Holds(() => Task.FromResult(condition()));
}
