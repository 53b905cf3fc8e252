using Orleans.Runtime.Services;

namespace SessionAuth.Clustering.Fencing;

/// <summary>Calls the <see cref="IFencePeer"/> of other silos.</summary>
internal sealed class FencePeers(IServiceProvider services)
    : GrainServiceClient<IFencePeer>(services)
{
    public IFencePeer On(SiloAddress silo) => GetGrainService(silo);
}
