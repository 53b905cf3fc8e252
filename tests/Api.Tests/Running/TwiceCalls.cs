namespace SessionAuth.Api.Tests.Running;

/// <summary>
/// Carries every call to a user, an address or a session out twice, as when it is repeated because a silo died before it
/// had answered: the first has happened, and the answer of the second counts.
/// </summary>
public sealed class TwiceCalls : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        // What a grain has handed out it remembers in memory, which does not outlive its silo.
        if (
            context.TargetId.Type.ToString() is ("user" or "email" or "session")
            && context.MethodName != "TakeMail"
        )
            await context.Invoke();
    }
}
