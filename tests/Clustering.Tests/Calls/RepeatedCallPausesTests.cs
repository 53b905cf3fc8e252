using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Invocation;
using SessionAuth.Clustering.Calls;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Calls;

/// <summary>The pauses before a call to a dead silo is repeated.</summary>
public sealed class RepeatedCallPausesTests
{
    private const int Callers = 200;

    private readonly RecordedPauses _clock = new();

    [Fact]
    public async Task Callers_of_a_dead_silo_do_not_come_back_at_the_same_moment()
    {
        for (int caller = 0; caller < Callers; caller++)
            await Make(new FailingCall(failures: 1));

        Assert.Equal(Callers, _clock.Pauses.Count);
        Assert.All(_clock.Pauses, pause => Assert.InRange(pause.TotalMilliseconds, 10, 20));
        // In steps of a millisecond, as timers have them: each step has a caller.
        Assert.Empty(
            Enumerable
                .Range(10, 10)
                .Except(_clock.Pauses.Select(pause => (int)pause.TotalMilliseconds))
        );
    }

    [Fact]
    public async Task Each_pause_is_about_twice_the_one_before_up_to_half_a_second()
    {
        await Make(new FailingCall(failures: 8));

        double[] longest = [20, 40, 80, 160, 320, 500, 500, 500];
        Assert.Equal(longest.Length, _clock.Pauses.Count);
        Assert.All(
            _clock.Pauses.Zip(longest),
            pause => Assert.InRange(pause.First.TotalMilliseconds, pause.Second / 2, pause.Second)
        );
    }

    [Fact]
    public async Task Answered_call_is_made_once()
    {
        FailingCall call = new(failures: 0);

        await Make(call);

        Assert.Equal(1, call.Made);
        Assert.Empty(_clock.Pauses);
    }

    private Task Make(FailingCall call) =>
        new RepeatedCalls(Options.Create(new ClusterTimings()), _clock).Invoke(call);

    /// <summary>A clock whose pauses end at once and are recorded.</summary>
    private sealed class RecordedPauses : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

        public override ITimer CreateTimer(
            TimerCallback callback,
            object? state,
            TimeSpan dueTime,
            TimeSpan period
        )
        {
            Pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>A call whose silo is gone the first times.</summary>
    private sealed class FailingCall(int failures) : IOutgoingGrainCallContext
    {
        public int Made { get; private set; }

        public GrainId TargetId => GrainId.Create("session", "one");

        public Response? Response { get; set; }

        public Task Invoke()
        {
            Made++;
            return Made > failures
                ? Task.CompletedTask
                : Task.FromException(new SiloUnavailableException());
        }

        public IInvokable Request => throw new NotSupportedException();

        public object Grain => throw new NotSupportedException();

        public GrainId? SourceId => null;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "";

        public string MethodName => "";

        public MethodInfo InterfaceMethod => throw new NotSupportedException();

        public object? Result { get; set; }

        public IGrainContext? SourceContext => null;
    }
}
