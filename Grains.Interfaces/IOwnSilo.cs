namespace SessionAuth.Grains.Interfaces;

/// <summary>The silo of this process, where there is one that may be given up by others.</summary>
public interface IOwnSilo
{
    /// <summary>Whether it is a member of its cluster for certain, as of now.</summary>
    bool IsConfirmed { get; }
}
