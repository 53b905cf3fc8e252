using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Calls;

/// <summary>
/// Repeats a call whose silo stopped or died before it answered: the grain is, or soon will be, on another silo, and the
/// caller does not need to know.
/// </summary>
/// <remarks>
/// A call that a stopping silo rejected did not happen; one whose silo died may have happened. Every call is safe to repeat:
/// changes to an account carry an operation id and are answered as the first was; those of sessions and emails change
/// nothing the second time, except that a step-up makes one more generation; an attempt that is counted twice counts one
/// too many, and never one too few.
/// </remarks>
internal sealed class RepeatedCalls(IOptions<ClusterTimings> timings, TimeProvider clock)
    : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Task call = context.Invoke();
        return call.IsCompletedSuccessfully || context.TargetId.IsSystemTarget()
            ? call
            : Watch(context, call);
    }

    private async Task Watch(IOutgoingGrainCallContext context, Task call)
    {
        long began = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                await call;
                if (!IsOfASilo(context.Response?.Exception) || IsTooLate(began))
                    return;
            }
            catch (OrleansException e) when (IsOfASilo(e) && !IsTooLate(began))
            {
                // It is repeated below.
            }
            await Task.Delay(Jittered(pause), clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            call = context.Invoke();
        }
    }

    // At random between half of the pause and all of it: the callers of a silo that died must not come back all at once.
    private static TimeSpan Jittered(TimeSpan pause) =>
        pause * (0.5 + Random.Shared.NextDouble() / 2);

    private bool IsTooLate(long began) =>
        clock.GetElapsedTime(began) > timings.Value.ResponseTimeout;

    private static bool IsOfASilo(Exception? error) =>
        error is OrleansMessageRejectionException or SiloUnavailableException;
}
