using Microsoft.Extensions.Options;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Calls;

/// <summary>
/// Retries a call whose silo stopped or died before it answered: the grain is, or soon will be, active on another silo.
/// </summary>
/// <remarks>
/// A call that a stopping silo rejected was not executed; the outcome of one whose silo died is unknown. Every call is
/// idempotent: changes to an account carry an operation id and are answered as the first was; those of sessions and
/// emails change nothing the second time, except that a step-up makes one more generation; a throttle may count an
/// attempt twice, but never misses one.
/// </remarks>
internal sealed class RepeatedCalls(IOptions<ClusterTimings> timings, TimeProvider clock)
    : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Task call = context.Invoke();
        bool isAnswered = call.IsCompletedSuccessfully && context.Response?.Exception is null;
        bool isOneProcess = context.TargetId.IsSystemTarget() || context.TargetId.IsClient();
        return isAnswered || isOneProcess ? call : Retry(context, call);
    }

    private async Task Retry(IOutgoingGrainCallContext context, Task call)
    {
        long began = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                await call;
                if (!IsSiloFailure(context.Response?.Exception, context) || IsTooLate(began))
                    return;
            }
            catch (Exception e) when (IsSiloFailure(e, context) && !IsTooLate(began))
            {
                // Retried below.
            }
            await Task.Delay(Jittered(pause), clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            call = context.Invoke();
        }
    }

    // Jitter, so that the callers of a dead silo do not all retry in lockstep.
    private static TimeSpan Jittered(TimeSpan pause) =>
        pause * (0.5 + Random.Shared.NextDouble() / 2);

    private bool IsTooLate(long began) =>
        clock.GetElapsedTime(began) > timings.Value.ResponseTimeout;

    // Orleans also cancels a call when the silo that was looking its grain up in the directory dies.
    private static bool IsSiloFailure(Exception? error, IOutgoingGrainCallContext context) =>
        error is OrleansMessageRejectionException or SiloUnavailableException
        || (
            error is OperationCanceledException
            && !context.Request.GetCancellationToken().IsCancellationRequested
        );
}
