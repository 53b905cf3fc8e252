namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// No grain begins anything, and no answer of a grain leaves, while the silo is not confirmed.
/// </summary>
/// <remarks>
/// <para>
/// The look before is for order: a silo that others have given up should change nothing. The look after is what the
/// promise rests on. Were it made before the grain answers, a silo could be stopped in between, wake up when another
/// has taken the grain over and revoked the session, and answer that it lives.
/// </para>
/// <para>
/// A revocation is looked at after its write as well. A silo that was given up may still find its etag good, write
/// the revocation, and know nothing of the copy that has been read elsewhere: it must not say that it is done.
/// </para>
/// </remarks>
internal sealed class FencedCalls(Fence fence) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        // What is no grain is the cluster talking to itself, without which nobody would be confirmed.
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
