namespace SessionAuth.Clustering.Fencing;

/// <summary>What one silo can say of another.</summary>
/// <param name="IsAlive">Whether it has neither read nor written, nor tried to write, that the other is dead.</param>
/// <param name="Known">The silos that it knows of and that may be alive.</param>
[GenerateSerializer, Immutable, Alias("fence-testimony")]
internal sealed record FenceTestimony(
    [property: Id(0)] bool IsAlive,
    [property: Id(1)] SiloAddress[] Known
);
