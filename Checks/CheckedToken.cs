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

    /// <summary>The copy that answered last; null before the first answer from one.</summary>
    internal Copy? Copy
    {
        get => _copy;
        set => _copy = value;
    }
}
