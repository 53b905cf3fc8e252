using SessionAuth.Domain.Sessions;

namespace SessionAuth.Domain.Leases;

/// <summary>Tells a holder to drop what it keeps of a session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Below">Standings with a lower version are void.</param>
public readonly record struct StandingRecall(SessionId Session, long Below);
