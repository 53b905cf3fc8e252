namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>What a silo knows of its own membership in its cluster. Implemented by the cluster's fence.</summary>
public interface ISiloMembership
{
    /// <summary>For how long this silo may still answer by what it knows now; zero when it may not.</summary>
    TimeSpan CertainFor { get; }
}
