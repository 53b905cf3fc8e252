using Microsoft.Extensions.Configuration;
using SessionAuth.Domain.Leases;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Grains.Leases;

/// <summary>Leases on the standings of sessions, as this silo grants them.</summary>
public sealed class LeaseOptions
{
    /// <summary>Whether front ends may answer checks from copies.</summary>
    [ConfigurationKeyName("CHECK_LEASES")]
    public LeaseUse Use { get; set; } = LeaseUse.On;

    /// <summary>The longest lease. In a cluster, a lease never outlasts the fence.</summary>
    public TimeSpan Length { get; set; } = LeaseRules.Default.Length;

    /// <summary>How long a recall waits for an acknowledgement before it is sent again.</summary>
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most holders. Further front ends ask for each check.</summary>
    public int MaxHolders { get; set; } = 1_000;

    internal LeaseRules Rules => LeaseRules.Default with { Length = Length };
}
