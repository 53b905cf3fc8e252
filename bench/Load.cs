using System.Diagnostics;

namespace SessionAuth.Bench;

/// <summary>Repeats an action as often as possible.</summary>
internal static class Load
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    /// <summary>All people repeat the action in parallel; the result is the number of actions per second.</summary>
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
