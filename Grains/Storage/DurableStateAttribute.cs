namespace SessionAuth.Grains.Storage;

/// <summary>Injects a <see cref="DurableState{TState}"/> into a grain's constructor parameter.</summary>
/// <param name="name">One of <see cref="GrainStorageNames"/>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class DurableStateAttribute(string name)
    : Attribute,
        IFacetMetadata,
        IPersistentStateConfiguration
{
    /// <inheritdoc/>
    public string StateName => name;

    /// <inheritdoc/>
    public string StorageName => GrainStorageNames.Provider;
}
