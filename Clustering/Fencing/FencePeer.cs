using Microsoft.Extensions.Logging;

namespace SessionAuth.Clustering.Fencing;

internal sealed class FencePeer(
    GrainId id,
    Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    ClusterView view
) : GrainService(id, silo, loggers), IFencePeer
{
    public Task<FenceTestimony> Testify(SiloAddress about) => Task.FromResult(view.Testify(about));

    public Task Meet(SiloAddress newcomer)
    {
        view.Introduce(newcomer);
        return Task.CompletedTask;
    }
}
