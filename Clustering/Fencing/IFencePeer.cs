using Orleans.Services;

namespace SessionAuth.Clustering.Fencing;

/// <summary>What silos ask each other about their membership. There is one on each silo, named by its address.</summary>
[Alias("fence-peer")]
internal interface IFencePeer : IGrainService
{
    /// <summary>What this silo can say of another.</summary>
    /// <param name="about">The silo that asks.</param>
    [Alias("Testify")]
    Task<FenceTestimony> Testify(SiloAddress about);

    /// <summary>A newcomer has entered the membership table. When this returns, it is known here.</summary>
    /// <param name="newcomer">The silo that asks.</param>
    [Alias("Meet")]
    Task Meet(SiloAddress newcomer);
}
