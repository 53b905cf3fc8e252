using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Invocation;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>Answers of a silo depend on its confirmation.</summary>
public sealed class FencedCallsTests
{
    private readonly SplitClock _clock = new();
    private readonly Fence _fence;
    private readonly FencedCalls _calls;

    public FencedCallsTests()
    {
        _fence = new(Options.Create(new ClusterTimings()), _clock);
        _calls = new(_fence);
    }

    [Fact]
    public async Task Confirmed_silo_answers()
    {
        _fence.Confirm(_fence.Now());
        Call call = new(new TestGrain(), () => { });

        await _calls.Invoke(call);

        Assert.True(call.WasInvoked);
    }

    [Fact]
    public async Task Silo_with_a_closed_fence_begins_no_call()
    {
        _fence.Close();
        Call call = new(new TestGrain(), () => { });

        await Assert.ThrowsAsync<SiloNotConfirmedException>(() => _calls.Invoke(call));

        Assert.False(call.WasInvoked);
    }

    [Fact(DisplayName = "S-20 Answer from before a pause is not sent after it")]
    public async Task Answer_from_before_a_pause_is_not_sent_after_it()
    {
        _fence.Confirm(_fence.Now());
        Call call = new(
            new TestGrain(),
            () =>
            {
                _clock.Pass(TimeSpan.FromMinutes(1));
                _fence.ConfirmationNeeded += _fence.Close;
            }
        );

        await Assert.ThrowsAsync<SiloNotConfirmedException>(() => _calls.Invoke(call));

        Assert.True(call.WasInvoked);
    }

    [Fact]
    public async Task Call_to_a_system_target_needs_no_confirmation()
    {
        Call call = new(new object(), () => { });

        await _calls.Invoke(call);

        Assert.True(call.WasInvoked);
    }

    private sealed class TestGrain : IGrainBase
    {
        public IGrainContext GrainContext => throw new NotSupportedException();
    }

    private sealed class Call(object grain, Action act) : IIncomingGrainCallContext
    {
        public bool WasInvoked { get; private set; }

        public object Grain => grain;

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public IInvokable Request => throw new NotSupportedException();

        public MethodInfo InterfaceMethod => throw new NotSupportedException();

        public MethodInfo ImplementationMethod => throw new NotSupportedException();

        public GrainId? SourceId => null;

        public IGrainContext TargetContext => throw new NotSupportedException();

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "";

        public string MethodName => "";

        public Task Invoke()
        {
            WasInvoked = true;
            act();
            return Task.CompletedTask;
        }
    }
}
