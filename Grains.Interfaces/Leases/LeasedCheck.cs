using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;

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

/// <summary>The answer to a holder's check of a value that an application was issued.</summary>
/// <param name="Grant">What the application learns; null when the grant or the session has ended.</param>
/// <param name="Session">The session's standing, and what may be kept of it.</param>
[GenerateSerializer, Immutable, Alias("leased-grant-check")]
public sealed record LeasedGrantCheck(
    [property: Id(0)] GrantStanding? Grant,
    [property: Id(1)] LeasedCheck Session
);
