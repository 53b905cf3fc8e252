using System.Diagnostics;

namespace SessionAuth.Providers.Tests.Sqlite;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Asks until the answer is yes; fails when it never is.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Deadline)
                Assert.Fail($"Not within {Deadline}: {what}");
            await Task.Delay(5);
        }
    }
}
