namespace SessionAuth.Api.Tests.Running;

/// <summary>
/// Makes every call to an account, email or session grain twice, as after the death of a silo that had carried the call out but
/// not answered it. The second answer is returned.
/// </summary>
public sealed class RepeatedGrainCalls : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        // Not TakeEmails: the grain remembers in memory which emails it handed out. After the death of its silo that is lost.
        if (
            context.TargetId.Type.ToString() is ("user" or "email" or "session")
            && context.MethodName != "TakeEmails"
        )
            await context.Invoke();
    }
}
