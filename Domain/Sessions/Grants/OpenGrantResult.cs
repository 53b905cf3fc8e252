using System.Diagnostics;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>The result of redeeming an authorization code.</summary>
public abstract record OpenGrantResult
{
    private OpenGrantResult() { }

    /// <summary>The grant is open.</summary>
    /// <param name="Grant">What the application learns.</param>
    /// <param name="Generation">The generation of its refresh token.</param>
    /// <param name="PersistsUntil">
    /// The absolute end of a session that outlives the browser session; null for one that does not.
    /// </param>
    public sealed record Opened(GrantStanding Grant, long Generation, DateTimeOffset? PersistsUntil)
        : OpenGrantResult;

    /// <summary>The code was used before. The grant that it opened has ended (RFC 6749 §4.1.2).</summary>
    public sealed record UsedBefore : OpenGrantResult;

    /// <summary>The code has expired.</summary>
    public sealed record Expired : OpenGrantResult;

    /// <summary>The session has ended, or is restricted until the user has added or used a second factor.</summary>
    public sealed record NotLive : OpenGrantResult;

    /// <summary>Too many grants of the session have ended within the last minute.</summary>
    public sealed record TooMany : OpenGrantResult;

    /// <summary>Calls the delegate that matches the result.</summary>
    public T Match<T>(
        Func<Opened, T> opened,
        Func<UsedBefore, T> usedBefore,
        Func<Expired, T> expired,
        Func<NotLive, T> notLive,
        Func<TooMany, T> tooMany
    ) =>
        this switch
        {
            Opened result => opened(result),
            UsedBefore result => usedBefore(result),
            Expired result => expired(result),
            NotLive result => notLive(result),
            TooMany result => tooMany(result),
            _ => throw new UnreachableException(),
        };
}
