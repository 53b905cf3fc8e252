using Orleans.Metadata;

namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// Marks a grain whose answers let somebody in: in a cluster no activation of it reads its state before every silo that
/// may still answer for an earlier one has stopped to.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExclusiveActivationAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    /// <summary>The property of the grain's type by which the silo finds it.</summary>
    public const string Property = "exclusive-activation";

    /// <inheritdoc/>
    public void Populate(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        Dictionary<string, string> properties
    ) => properties[Property] = bool.TrueString;
}
