using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Checks;

/// <summary>What is checked of an access token whose signature was verified.</summary>
/// <remarks>Keep it for the requests that bring the same token: it remembers the copy that answers for it.</remarks>
/// <param name="session">The token's session.</param>
/// <param name="user">The token's user.</param>
/// <param name="generation">The token's generation.</param>
public sealed class CheckedToken(SessionId session, UserId user, long generation)
{
    private volatile Copy? _copy;

    /// <summary>The session.</summary>
    public SessionId Session => session;

    /// <summary>The user.</summary>
    public UserId User => user;

    /// <summary>The token generation.</summary>
    public long Generation => generation;

    /// <summary>The newest copy that answers for the token; null when none is known.</summary>
    internal Copy? Copy => _copy;

    /// <summary>Remembers a copy, if it answers for the token.</summary>
    internal Copy? Remember(Copy? copy) => _copy = copy?.AnswersTo(this) is true ? copy : null;
}
