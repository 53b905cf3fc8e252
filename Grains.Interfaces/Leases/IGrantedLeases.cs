namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>The leases that this silo has granted, for the part of it that leaves the cluster.</summary>
public interface IGrantedLeases
{
    /// <summary>
    /// Stops granting for good, and completes when each lease was given back or has passed. Until then, the silo must not
    /// tell the others that it has left: they would take its sessions over at once.
    /// </summary>
    Task StopAndWait();
}
