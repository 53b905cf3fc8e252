namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Lets no grain call begin, and no grain's answer leave, while the silo is not confirmed.
/// </summary>
/// <remarks>
/// <para>
/// The check before the call only keeps a silo that was declared dead from changing anything. The guarantee rests on
/// the check after it: without that, a silo could be suspended while the grain runs, resume after another silo has
/// taken the grain over and revoked the session, and answer that the session is live.
/// </para>
/// <para>
/// A revocation is checked after its write, too. A silo that was declared dead may still have a current etag and write
/// the revocation, without knowing that the state had already been read elsewhere: it must not report success.
/// </para>
/// </remarks>
internal sealed class FencedCalls(Fence fence) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        // System targets and grain services run the cluster protocol itself, without which no silo would be confirmed.
        if (context.Grain is not IGrainBase)
        {
            await context.Invoke();
            return;
        }

        await fence.Require();
        await context.Invoke();
        await fence.Require();
    }
}
