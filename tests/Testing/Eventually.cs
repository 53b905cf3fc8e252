using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SessionAuth.Testing;

/// <summary>Waits for a condition, and fails when it does not hold in time.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    public static Task Holds(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    ) => Holds(s_within, condition, what);

    public static Task Holds(
        Func<Task<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    ) => Holds(s_within, condition, what);

    public static Task Holds(
        TimeSpan within,
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    ) => Holds(within, () => Task.FromResult(condition()), what);

    public static async Task Holds(
        TimeSpan within,
        Func<Task<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    )
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > within)
                throw new TimeoutException(
                    $"Not true within {within.TotalSeconds} seconds: {what}"
                );
            await Task.Delay(s_pause);
        }
    }

    /// <summary>Repeats a call until it no longer throws.</summary>
    /// <typeparam name="TException">What it may throw until then.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="within">How long it may go on throwing.</param>
    public static async Task Succeeds<TException>(Func<Task> call, TimeSpan? within = null)
        where TException : Exception
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (TException) when (clock.Elapsed < (within ?? s_within))
            {
                await Task.Delay(s_pause);
            }
        }
    }
}
