using Microsoft.Extensions.Logging;

namespace SessionAuth.Clustering.Fencing;

internal sealed class FencePeer(
    GrainId id,
    Orleans.Runtime.Silo host,
    ILoggerFactory loggers,
    ClusterView view
) : GrainService(id, host, loggers), IFencePeer
{
    public Task<PeerReport> ReportOn(SiloAddress silo) => Task.FromResult(view.ReportOn(silo));

    public Task Introduce(SiloAddress newcomer)
    {
        view.AddNewcomer(newcomer);
        return Task.CompletedTask;
    }
}
