using Orleans.Services;

namespace SessionAuth.Clustering.Fencing;

/// <summary>What silos ask each other about their membership. Each silo has one, found by its silo address.</summary>
[Alias("fence-peer")]
internal interface IFencePeer : IGrainService
{
    /// <summary>What this silo knows about another.</summary>
    /// <param name="silo">The silo that asks, which is the one to report on.</param>
    [Alias("Testify")]
    Task<PeerReport> ReportOn(SiloAddress silo);

    /// <summary>
    /// Makes known a silo that has entered the membership table. When this returns, it is known here.
    /// </summary>
    /// <param name="newcomer">The calling silo.</param>
    [Alias("Meet")]
    Task Introduce(SiloAddress newcomer);
}
