using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>The answer to a holder's check of an access token.</summary>
/// <param name="Standing">The result of the check.</param>
/// <param name="Silo">The run of the silo that answered.</param>
/// <param name="Copy">What later checks may be answered from; null when nothing may be kept.</param>
/// <param name="LeaseFrom">
/// Where to ask for a lease, without which nothing may be kept; null when the holder has one, or leases are off.
/// </param>
[GenerateSerializer, Immutable, Alias("leased-check")]
public sealed record LeasedCheck(
    [property: Id(0)] SessionStanding Standing,
    [property: Id(1)] Guid Silo = default,
    [property: Id(2)] LeasedStanding? Copy = null,
    [property: Id(3)] ILeaseSilo? LeaseFrom = null
);
