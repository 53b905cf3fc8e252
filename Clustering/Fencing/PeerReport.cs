namespace SessionAuth.Clustering.Fencing;

/// <summary>What one silo knows about another.</summary>
/// <param name="IsAlive">False if it has read that the other is dead, or has written or tried to write it.</param>
/// <param name="Known">The silos that it knows of and that may be alive.</param>
[GenerateSerializer, Immutable, Alias("fence-testimony")]
internal sealed record PeerReport(
    [property: Id(0)] bool IsAlive,
    [property: Id(1)] SiloAddress[] Known
);
