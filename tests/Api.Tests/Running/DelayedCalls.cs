namespace SessionAuth.Api.Tests.Running;

/// <summary>Delays the calls of one grain method, before they reach the grain or before their answer returns.</summary>
public sealed class DelayedCalls(string method, bool answers) : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _arrived = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource _release = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Completes when a call is being delayed.</summary>
    public Task Arrived => _arrived.Task;

    public void Release() => _release.TrySetResult();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        bool selected = context.MethodName == method;
        if (selected && !answers)
            await Delay();
        await context.Invoke();
        if (selected && answers)
            await Delay();
    }

    private Task Delay()
    {
        _arrived.TrySetResult();
        return _release.Task;
    }
}
