namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>Whether leases are used.</summary>
public enum LeaseUse
{
    /// <summary>Front ends answer checks from copies, under leases.</summary>
    On,

    /// <summary>Each check asks the session's silo.</summary>
    Off,
}
