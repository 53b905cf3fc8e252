using Orleans.Concurrency;
using SessionAuth.Domain.Leases;

namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>A process that answers checks from copies of standings.</summary>
[Alias("lease-holder")]
public interface ILeaseHolder : IGrainObserver
{
    /// <summary>
    /// Drops copies. When the call returns, none of them is used for a check that starts later. Idempotent: a recall that
    /// is not answered in time is sent again.
    /// </summary>
    /// <param name="silo">The run of the silo whose copies are recalled.</param>
    /// <param name="recalls">What to drop.</param>
    [Alias("recall"), AlwaysInterleave]
    Task Recall(Guid silo, IReadOnlyList<StandingRecall> recalls);
}
