using SessionAuth.Domain.Registry;

namespace SessionAuth.Grains.Interfaces.Registry;

/// <summary>What the registry answers to a holder of a copy.</summary>
/// <param name="Content">The content, if the holder has another version; null if its copy is the newest.</param>
/// <param name="UsableFor">
/// For how long the copy may be used, from before the holder asked; zero when nothing may be promised.
/// </param>
[GenerateSerializer, Immutable, Alias("registry-answer")]
public sealed record RegistryAnswer(
    [property: Id(0)] RegistryContent? Content,
    [property: Id(1)] TimeSpan UsableFor
);
