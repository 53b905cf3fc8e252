using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Grains.Interfaces.Leases;

/// <summary>A holder's request for a lease.</summary>
/// <param name="Holder">The holder.</param>
/// <param name="Reference">Where it takes recalls.</param>
/// <param name="Uses">Which sessions were used from copies of this silo since the last report.</param>
[GenerateSerializer, Immutable, Alias("lease-request")]
public sealed record LeaseRequest(
    [property: Id(0)] HolderId Holder,
    [property: Id(1)] ILeaseHolder Reference,
    [property: Id(2)] IReadOnlyList<SessionUse> Uses
);

/// <summary>That a session was used.</summary>
/// <param name="Session">The session.</param>
/// <param name="Ago">How long before the request it was last used.</param>
[GenerateSerializer, Immutable, Alias("session-use")]
public readonly record struct SessionUse(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] TimeSpan Ago
);
