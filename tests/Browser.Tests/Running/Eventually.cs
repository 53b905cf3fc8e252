using System.Diagnostics;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Waits for a condition, and no longer than said.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task Holds(TimeSpan within, Func<Task<bool>> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > within)
                throw new TimeoutException($"It did not come true within {within}.");
            await Task.Delay(Pause);
        }
    }
}
