namespace SessionAuth.Grains.Storage;

/// <summary>Marks the constructor parameter that a grain's <see cref="DurableState{TState}"/> is given to.</summary>
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
