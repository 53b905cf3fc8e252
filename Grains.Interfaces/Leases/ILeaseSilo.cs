using Orleans.Concurrency;
using SessionAuth.Domain.Leases;

namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>
/// The entry to one run of a silo at which holders ask for leases. Not a grain: a reference to it must never lead to
/// another silo, or to another run at the same address.
/// </summary>
[Alias("lease-silo")]
public interface ILeaseSilo : IGrainObserver
{
    /// <summary>
    /// Grants a lease, or renews it. The holder counts it from before this call, carries out the recalls that come with
    /// it, and only then uses copies under it.
    /// </summary>
    /// <param name="request">Who asks.</param>
    /// <returns>The lease; null when the silo is not certain to be a member of its cluster, or is leaving it.</returns>
    [Alias("renew"), AlwaysInterleave]
    Task<LeaseGrant?> Renew(LeaseRequest request);

    /// <summary>Gives the lease back: the holder answers no check from its copies any more.</summary>
    /// <param name="holder">The holder.</param>
    [Alias("give-back"), AlwaysInterleave]
    Task GiveBack(HolderId holder);
}
