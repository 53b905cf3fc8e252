namespace SessionAuth.Api.Tests.Running;

/// <summary>Holds a call of one method on its way to the grain, or its answer on the way back.</summary>
public sealed class HeldCalls(string method, bool answers) : IOutgoingGrainCallFilter
{
    private readonly TaskCompletionSource _arrived = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource _release = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Ends when a call is being held.</summary>
    public Task Arrived => _arrived.Task;

    public void Release() => _release.TrySetResult();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        bool held = context.MethodName == method;
        if (held && !answers)
            await Hold();
        await context.Invoke();
        if (held && answers)
            await Hold();
    }

    private Task Hold()
    {
        _arrived.TrySetResult();
        return _release.Task;
    }
}
