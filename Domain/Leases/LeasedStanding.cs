using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Domain.Leases;

/// <summary>What the checks of a session may be answered from, as its silo tells a holder.</summary>
/// <param name="Version">
/// Grows with every change of the standing, and with every activation of the session, within one run of its silo.
/// </param>
/// <param name="User">The session's user.</param>
/// <param name="LeastGeneration">The lowest generation whose access tokens are valid.</param>
/// <param name="Delivered">
/// The generations of which a token has come back. The first token of any other confirms a delivery, or shows that a
/// token was stolen, and is left to the session's grain.
/// </param>
/// <param name="Restricted">Whether the session is restricted.</param>
/// <param name="UsableFor">For how long it may be used, from the time before it was asked for.</param>
/// <param name="Grants">What the applications learn that the session was handed to.</param>
public sealed record LeasedStanding(
    long Version,
    UserId User,
    long LeastGeneration,
    IReadOnlyList<long> Delivered,
    bool Restricted,
    TimeSpan UsableFor,
    IReadOnlyList<GrantStanding> Grants
);
