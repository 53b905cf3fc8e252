using SessionAuth.Domain.Leases;

namespace SessionAuth.Grains.Registry;

/// <summary>How the registry grants the right to use copies of it.</summary>
internal sealed class RegistryOptions
{
    /// <summary>The length of a right, and the drift of clocks. In a cluster, a right never outlasts the fence.</summary>
    public LeaseRules Rules { get; init; } = LeaseRules.Default;
}
