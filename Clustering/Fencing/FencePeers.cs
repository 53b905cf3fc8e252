using Orleans.Runtime.Services;

namespace SessionAuth.Clustering.Fencing;

/// <summary>The other silos' side of the fence.</summary>
internal sealed class FencePeers(IServiceProvider services)
    : GrainServiceClient<IFencePeer>(services)
{
    public IFencePeer On(SiloAddress silo) => GetGrainService(silo);
}
