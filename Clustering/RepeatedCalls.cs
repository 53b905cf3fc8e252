using Microsoft.Extensions.Options;

namespace SessionAuth.Silo.Clustering;

/// <summary>
/// Repeats a call whose silo stopped or died before it answered: the grain is, or soon will be, elsewhere, and whoever
/// called need not know.
/// </summary>
/// <remarks>
/// A call that was turned away by a silo that stops did not happen. One whose silo died may have. Every call of ours is
/// safe to repeat: those that change a user bring an operation id, and are answered as the first was; a session's and an
/// address's change nothing the second time, but for a proof, which makes one generation more; a try that is counted twice
/// is one too many, and never one too few.
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
            await Task.Delay(pause, clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            call = context.Invoke();
        }
    }

    private bool IsTooLate(long began) =>
        clock.GetElapsedTime(began) > timings.Value.ResponseTimeout;

    private static bool IsOfASilo(Exception? error) =>
        error is OrleansMessageRejectionException or SiloUnavailableException;
}
