using Orleans.Concurrency;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Bench.Growth.Costs;

/// <summary>Makes a silo send the messages that silos send.</summary>
[Alias("SessionAuth.Bench.IMessageGrain")]
internal interface IMessageGrain : IGrainWithGuidKey
{
    /// <summary>The silo that has it.</summary>
    [Alias("Where")]
    Task<SiloAddress> Where();

    /// <summary>Recalls sessions from a front end, one after another.</summary>
    /// <param name="holder">The front end.</param>
    /// <param name="silo">The run of the silo that it believes to be asked by.</param>
    /// <param name="times">How often.</param>
    [Alias("Recall")]
    Task Recall(ILeaseHolder holder, Guid silo, int times);

    /// <summary>Asks another silo, one question after another.</summary>
    /// <param name="other">A grain there.</param>
    /// <param name="known">How many silos it names in its answer.</param>
    /// <param name="times">How often.</param>
    [Alias("Ask")]
    Task Ask(IMessageGrain other, int known, int times);

    /// <summary>Answers as one silo does that another asks about the cluster.</summary>
    /// <param name="known">How many silos it names.</param>
    [Alias("Report"), AlwaysInterleave]
    Task<SiloAddress[]> Report(int known);
}
