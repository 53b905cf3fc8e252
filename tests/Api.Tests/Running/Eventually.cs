using System.Diagnostics;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Waits for a condition, and no longer than said.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task Holds(TimeSpan within, Func<Task<bool>> condition)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < within, $"It did not come true within {within}.");
            await Task.Delay(Pause);
        }
    }
}
