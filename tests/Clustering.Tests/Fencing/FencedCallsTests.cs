using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Invocation;
using SessionAuth.Clustering.Fencing;
using SessionAuth.Clustering.Timing;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Tests.Fencing;

/// <summary>What leaves a silo that is, or was, confirmed.</summary>
public sealed class FencedCallsTests
{
    private readonly TwoHands _clock = new();
    private readonly Fence _fence;
    private readonly FencedCalls _calls;

    public FencedCallsTests()
    {
        _fence = new(Options.Create(new ClusterTimings()), _clock);
        _calls = new(_fence);
    }

    [Fact]
    public async Task A_confirmed_silo_answers()
    {
        _fence.Confirm(_fence.Now());
        Call call = new(new AGrain(), () => { });

        await _calls.Invoke(call);

        Assert.True(call.WasInvoked);
    }

    [Fact]
    public async Task A_silo_that_is_given_up_begins_nothing()
    {
        _fence.Close();
        Call call = new(new AGrain(), () => { });

        await Assert.ThrowsAsync<SiloNotConfirmedException>(() => _calls.Invoke(call));

        Assert.False(call.WasInvoked);
    }

    [Fact(DisplayName = "S-20 An answer that was found before a pause does not leave after it")]
    public async Task An_answer_found_before_a_pause_does_not_leave_after_it()
    {
        _fence.Confirm(_fence.Now());
        Call call = new(
            new AGrain(),
            () =>
            {
                _clock.Pass(TimeSpan.FromMinutes(1));
                _fence.Wanted += _fence.Close;
            }
        );

        await Assert.ThrowsAsync<SiloNotConfirmedException>(() => _calls.Invoke(call));

        Assert.True(call.WasInvoked);
    }

    [Fact]
    public async Task What_is_no_grain_goes_on_without_being_confirmed()
    {
        Call call = new(new object(), () => { });

        await _calls.Invoke(call);

        Assert.True(call.WasInvoked);
    }

    private sealed class AGrain : IGrainBase
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
