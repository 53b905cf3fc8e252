namespace SessionAuth.Clustering.Fencing;

/// <summary>The silo of this process, in a cluster that may declare it dead.</summary>
public interface IOwnSilo
{
    /// <summary>Whether it is certainly a member of its cluster now.</summary>
    bool IsConfirmed { get; }
}
