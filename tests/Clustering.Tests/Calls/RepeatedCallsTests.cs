using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Invocation;
using SessionAuth.Clustering.Calls;
using SessionAuth.Clustering.Timing;

namespace SessionAuth.Clustering.Tests.Calls;

/// <summary>Repeating a call after its silo died.</summary>
public sealed class RepeatedCallsTests
{
    private readonly RepeatedCalls _calls = new(
        Options.Create(new ClusterTimings()),
        TimeProvider.System
    );

    public static TheoryData<Exception> SiloErrors =>
        new()
        {
            new SiloUnavailableException(),
            // Orleans reports no more than this when the silo dies that holds the directory entry of the grain.
            new OperationCanceledException(),
        };

    [Theory]
    [MemberData(nameof(SiloErrors))]
    public async Task Call_whose_silo_died_is_repeated(Exception error)
    {
        Call call = new(error);

        await _calls.Invoke(call);

        Assert.Equal(2, call.Invocations);
        Assert.Null(call.Response!.Exception);
    }

    [Theory]
    [MemberData(nameof(SiloErrors))]
    public async Task Call_that_threw_because_its_silo_died_is_repeated(Exception error)
    {
        Call call = new(error, throws: true);

        await _calls.Invoke(call);

        Assert.Equal(2, call.Invocations);
        Assert.Null(call.Response!.Exception);
    }

    [Fact]
    public async Task Call_that_its_caller_has_cancelled_is_not_repeated()
    {
        Call call = new(new OperationCanceledException(), cancelled: true);

        await _calls.Invoke(call);

        Assert.Equal(1, call.Invocations);
        Assert.IsType<OperationCanceledException>(call.Response!.Exception);
    }

    [Fact]
    public async Task Exception_of_a_grain_is_not_repeated()
    {
        Call call = new(new InvalidOperationException());

        await _calls.Invoke(call);

        Assert.Equal(1, call.Invocations);
        Assert.IsType<InvalidOperationException>(call.Response!.Exception);
    }

    // Fails the first time and is answered the second time.
    private sealed class Call(Exception error, bool throws = false, bool cancelled = false)
        : IOutgoingGrainCallContext
    {
        public int Invocations { get; private set; }

        public IInvokable Request { get; } = new TestRequest(cancelled);

        public Response? Response { get; set; }

        public object? Result { get; set; }

        public object Grain => throw new NotSupportedException();

        public MethodInfo InterfaceMethod => throw new NotSupportedException();

        public IGrainContext? SourceContext => null;

        public GrainId? SourceId => null;

        public GrainId TargetId { get; } = GrainId.Create("session", "one");

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "";

        public string MethodName => "";

        public Task Invoke()
        {
            if (++Invocations == 1 && throws)
                return Task.FromException(error);

            Response = Invocations == 1 ? Response.FromException(error) : Response.Completed;
            return Task.CompletedTask;
        }
    }

    private sealed class TestRequest(bool cancelled) : IInvokable
    {
        public bool IsCancellable => true;

        public CancellationToken GetCancellationToken() => new(cancelled);

        public bool TryCancel() => throw new NotSupportedException();

        public object? GetTarget() => throw new NotSupportedException();

        public void SetTarget(ITargetHolder holder) => throw new NotSupportedException();

        public ValueTask<Response> Invoke() => throw new NotSupportedException();

        public int GetArgumentCount() => 0;

        public object? GetArgument(int index) => throw new NotSupportedException();

        public void SetArgument(int index, object value) => throw new NotSupportedException();

        public string GetMethodName() => "";

        public string GetInterfaceName() => "";

        public string GetActivityName() => "";

        public MethodInfo GetMethod() => throw new NotSupportedException();

        public Type GetInterfaceType() => throw new NotSupportedException();

        public TimeSpan? GetDefaultResponseTimeout() => null;

        public void Dispose() { }
    }
}
