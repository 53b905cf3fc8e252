using Orleans.Metadata;

namespace SessionAuth.Grains.Interfaces;

/// <summary>
/// Marks a grain whose answers grant access. In a cluster, no activation of it reads its state before all silos that
/// may host an earlier activation have stopped answering (takeover after the hold).
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExclusiveActivationAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    /// <summary>The grain property that the silo reads.</summary>
    public const string Property = "exclusive-activation";

    /// <inheritdoc/>
    public void Populate(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        Dictionary<string, string> properties
    ) => properties[Property] = bool.TrueString;
}
