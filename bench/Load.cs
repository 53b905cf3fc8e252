using System.Diagnostics;

namespace SessionAuth.Bench;

/// <summary>Does something as often as it can be done.</summary>
internal static class Load
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>Each person repeats the action, all at once; how often it was done in a second.</summary>
    public static async Task<double> PerSecond(Person[] people, Func<Person, Task> action)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int[] done = await Task.WhenAll(
            people.Select(async person =>
            {
                int count = 0;
                while (clock.Elapsed < Duration)
                {
                    await action(person);
                    count++;
                }

                return count;
            })
        );
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }
}
